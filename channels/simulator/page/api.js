// The simulator's HTTP interface. Every failure is an ApiError; status 0 means the server was not reached.
import { t } from "/page/words.js";
export class ApiError extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export const get = (path, options) => call("GET", path, undefined, options);
export const post = (path, body, options) => call("POST", path, body, options);
export const remove = (path, options) => call("DELETE", path, undefined, options);

async function call(method, path, body, { signal, timeout = 20000 } = {}) {
  let response;
  try {
    const stop = AbortSignal.any([AbortSignal.timeout(timeout), ...(signal ? [signal] : [])]);
    response = await fetch(path, { method, signal: stop, cache: "no-store", ...withJson(body) });
  } catch (error) {
    throw new ApiError(0, "offline", String(error));
  }
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new ApiError(response.status, answer?.error || "error", answer?.message || "");
  if (answer === null) throw new ApiError(0, "offline", "the answer was cut off");
  return answer;
}

function withJson(body) {
  return body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
}

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return "page-" + [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function query(path, values) {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  return `${path}?${new URLSearchParams(given)}`;
}

// One sentence a person understands, for each way the server can say no.
export function friendly(error) {
  const said = error.message && error.message.length < 300 ? error.message : "";
  switch (error.status) {
    case 0: return t("Caravan cannot be reached just now. It will be tried again.");
    case 403: return said || t("That one is for somebody else.");
    case 404: return said || t("That is not here any more.");
    case 409: return said || t("There is more than one like that. Please use the one on its card.");
    case 410: return said || t("That has expired. Ask again for a fresh one.");
    case 413: return said || t("That is too big to send.");
    case 400: return said || t("Something in that was not understood.");
    default: return said || t("Something went wrong on our side. Please try again.");
  }
}
