for (const figure of document.querySelectorAll('figure.chart')) {
  const data = JSON.parse(figure.dataset.chart), svg = figure.querySelector('svg');
  const cross = document.createElementNS('http://www.w3.org/2000/svg', 'line'), tip = document.createElement('div');
  cross.setAttribute('class', 'cross'); cross.setAttribute('y1', 8); cross.setAttribute('y2', data.h - 26);
  tip.className = 'tip';
  const hide = () => { cross.remove(); tip.remove(); };
  svg.addEventListener('pointerleave', hide);
  svg.addEventListener('pointermove', event => {
    const box = svg.getBoundingClientRect(), x = (event.clientX - box.left) * data.w / box.width;
    let near = 0;
    data.px.forEach((p, i) => { if (Math.abs(p - x) < Math.abs(data.px[near] - x)) near = i; });
    cross.setAttribute('x1', data.px[near]); cross.setAttribute('x2', data.px[near]);
    svg.append(cross);
    tip.replaceChildren(`step ${data.x[near]}`);
    for (const s of data.s) {
      const row = document.createElement('div'), swatch = document.createElement('i');
      swatch.className = s.c; row.append(swatch, `${s.n} ${s.v[near]}`); tip.append(row);
    }
    figure.append(tip);
    const outer = figure.getBoundingClientRect(), at = box.left - outer.left + data.px[near] * box.width / data.w;
    tip.style.left = Math.max(4, Math.min(at + 12, outer.width - tip.offsetWidth - 4)) + 'px';
    if (at + 12 + tip.offsetWidth > outer.width - 4) tip.style.left = Math.max(4, at - 12 - tip.offsetWidth) + 'px';
    tip.style.top = event.clientY - outer.top - tip.offsetHeight - 12 + 'px';
  });
}
for (const gallery of document.querySelectorAll('.gallery')) {
  const buttons = gallery.querySelectorAll('button'), grid = gallery.querySelector('.grid');
  for (const button of buttons) button.addEventListener('click', () => {
    grid.className = 'grid ' + button.dataset.show;
    for (const other of buttons) other.setAttribute('aria-pressed', other === button);
  });
}
