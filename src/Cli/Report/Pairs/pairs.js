(() => {
  const pairs = JSON.parse(document.getElementById("data").textContent);
  const at = id => document.getElementById(id);
  const perPage = 24;
  let page = 0;

  for (const tag of [...new Set(pairs.flatMap(p => [p.left.tag, p.right.tag]))].filter(t => t).sort()) {
    at("tag").append(new Option(tag, tag));
  }

  const orders = {
    line: (a, b) => a.line - b.line,
    rising: (a, b) => a.similarity - b.similarity || a.line - b.line,
    falling: (a, b) => b.similarity - a.similarity || a.line - b.line,
    tag: (a, b) => a.left.tag.localeCompare(b.left.tag) || a.line - b.line,
  };

  function chosen() {
    const [kind, tag, text] = [at("kind").value, at("tag").value, at("text").value.trim().toLowerCase()];
    return pairs
      .filter(p => !kind || p.aligned === (kind === "aligned"))
      .filter(p => !tag || p.left.tag === tag || p.right.tag === tag)
      .filter(p => !text || (p.left.text + " " + p.right.text).toLowerCase().includes(text))
      .sort(orders[at("sort").value]);
  }

  function element(name, text, kind) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }

  function side(half) {
    const made = element("div", "", "side");
    const image = element("img");
    image.addEventListener("load", () => image.classList.toggle("small", image.naturalWidth < 100));
    image.src = half.image;
    image.alt = half.path;
    image.title = half.path;
    made.append(image);
    if (half.tag) made.append(element("p", half.tag, "tag"));
    made.append(element("p", half.text));
    if (half.answer) made.append(element("p", half.answer, "answer"));
    return made;
  }

  function card(pair) {
    const made = element("article", "", "pair");
    const head = element("p");
    head.append(element("span", "line " + pair.line), element("b", pair.aligned ? "aligned" : pair.similarity.toFixed(3)));
    const sides = element("div", "", "sides");
    sides.append(side(pair.left), side(pair.right));
    made.append(head, sides);
    return made;
  }

  function show() {
    const now = chosen();
    const pages = Math.max(1, Math.ceil(now.length / perPage));
    page = Math.min(page, pages - 1);
    at("pairs").replaceChildren(...now.slice(page * perPage, (page + 1) * perPage).map(card));
    at("place").textContent = now.length + " pairs, page " + (page + 1) + " of " + pages;
    at("back").disabled = page === 0;
    at("on").disabled = page === pages - 1;
    document.body.dataset.ready = now.length;
  }

  function turn(by) {
    page += by;
    show();
  }

  for (const id of ["sort", "kind", "tag", "text"]) {
    at(id).addEventListener("input", () => { page = 0; show(); });
  }
  at("back").addEventListener("click", () => turn(-1));
  at("on").addEventListener("click", () => turn(1));
  // A link may name the order and the page: pairs.html#sort=rising&page=2
  const wish = new URLSearchParams(location.hash.slice(1));
  for (const id of ["sort", "kind", "tag", "text"]) if (wish.has(id)) at(id).value = wish.get(id);
  page = Math.max(0, (Number(wish.get("page")) || 1) - 1);
  show();
})();
