// Reads rendered manifests (YAML) from standard input, validates each object against the schema of its kind and prints it as one line of
// JSON. What a schema does not know, or does not allow, goes to standard error, one sentence a line; the exit code is then 1.
// It lies beside its node_modules: copy this folder, run `npm ci` there, then `kubectl kustomize ... | node check.mjs`.
import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";

const packages = { "keda.sh": "@kubernetes-models/keda" };
let faults = 0;

function fault(object, sentence) {
  faults++;
  console.error(`${object.kind} ${object.metadata?.name}: ${sentence}`);
}

/** The class of a kind, or undefined where the packages have none. */
async function modelOf({ apiVersion, kind }) {
  const group = apiVersion.includes("/") ? apiVersion.split("/")[0] : "";
  try {
    return (await import(`${packages[group] ?? "kubernetes-models"}/${apiVersion}`))[kind];
  } catch (error) {
    if (error.code === "ERR_PACKAGE_PATH_NOT_EXPORTED" || error.code === "ERR_MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

/**
 * A view of a value that notes which keys are read. The validators read every key that their schema has and pass over the others without
 * a word, so a key that nobody read is one that Kubernetes would drop or refuse.
 */
function watched(value, path, unread, prototype) {
  if (value === null || typeof value !== "object") return value;
  const isArray = Array.isArray(value);
  const target = isArray ? [] : Object.create(prototype ?? Object.prototype);
  for (const [key, child] of Object.entries(value)) {
    target[key] = watched(child, `${path}/${key}`, unread);
    if (!isArray) unread.add(`${path}/${key}`);
  }
  return isArray ? target : new Proxy(target, {
    get(from, key) {
      if (typeof key === "string") unread.delete(`${path}/${key}`);
      return from[key];
    },
  });
}

for (const document of parseAllDocuments(readFileSync(0, "utf8"))) {
  for (const error of document.errors) throw error;
  const object = document.toJS();
  if (object === null) continue;
  const model = await modelOf(object);
  if (model === undefined) {
    fault(object, `there is no schema of ${object.apiVersion} ${object.kind}`);
    continue;
  }

  const unread = new Set();
  try {
    model.prototype.validate.call(watched(object, "", unread, model.prototype));
  } catch (error) {
    for (const { path, message } of (error.errors ?? []).map((e) => ({ path: e.path ?? e.instancePath ?? "", message: e.message })))
      fault(object, `${path} ${message}`);
    if (!error.errors?.length) fault(object, error.message);
  }

  for (const path of unread) fault(object, `${path} is in no schema`);
  console.log(JSON.stringify(object));
}

process.exitCode = faults === 0 ? 0 : 1;
