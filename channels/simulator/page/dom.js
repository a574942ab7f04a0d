// Builds nodes. Text always becomes a text node: nothing said in a chat is ever parsed as HTML.
const SVG = "http://www.w3.org/2000/svg";

export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProp(node, name, value);
  node.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function setProp(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
  else if (name === "class") node.className = value;
  else if (name === "text") node.textContent = value;
  else if (name === "value" || name === "checked" || name === "indeterminate") node[name] = value;
  else node.setAttribute(name, value === true ? "" : String(value));
}

const PATHS = {
  back: "M15 5l-7 7 7 7",
  people: "M9 11a3.200 3.200 0 1 0 0-6.400A3.200 3.200 0 0 0 9 11zM3 19c0-3 2.700-5 6-5s6 2 6 5M16 5.200a3 3 0 0 1 0 5.600M18 14.400c1.900.7 3 2.300 3 4.600",
  world: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c2.600 2.500 3.800 5.500 3.800 9s-1.200 6.500-3.800 9c-2.600-2.500-3.800-5.500-3.800-9S9.400 5.500 12 3z",
  send: "M4.500 12h12M11.500 5.500L18.500 12l-7 6.500",
  clip: "M19 11.500l-7.200 7.200a4.600 4.600 0 0 1-6.500-6.500l7.600-7.600a3 3 0 0 1 4.300 4.300l-7.600 7.600a1.500 1.500 0 0 1-2.200-2.100l6.800-6.800",
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6L6 18",
  reply: "M10 7L4.500 12 10 17M5 12h8c4 0 6 2 6.500 6",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.500 14.200c.8 1.300 2 2 3.500 2s2.700-.7 3.500-2M9 9.600v.1M15 9.600v.1",
  edit: "M4.500 19.500l.8-4L15.800 5a2 2 0 0 1 2.800 0l.4.4a2 2 0 0 1 0 2.800L8.500 18.700l-4 .8z",
  trash: "M5 7h14M10 7V4.500h4V7M7 7l.8 12.500h8.400L17 7",
  down: "M12 5v14M6 13l6 6 6-6",
  chevron: "M7 10l5 5 5-5",
  window: "M14 4.500h5.500V10M19 5l-8 8M10 5.500H6A1.500 1.500 0 0 0 4.500 7v11A1.500 1.500 0 0 0 6 19.500h11a1.500 1.500 0 0 0 1.500-1.500v-4",
  file: "M7 3.500h7l4 4v13H7zM14 3.500v4h4",
  link: "M14 4.500h5.500V10M19 5L11 13M17.500 14v4.500h-12v-12H10",
  eye: "M3 12c2.200-4 5.200-6 9-6s6.800 2 9 6c-2.200 4-5.200 6-9 6s-6.800-2-9-6zM12 14.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z",
  clock: "M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17zM12 7.500V12l3 2",
  check: "M5 12.500l4.500 4.500L19 7.500",
  alert: "M12 4l9 16H3zM12 10v4.500M12 17.300v.1",
  bolt: "M13 3L5 13.500h6L10.500 21 19 10h-6z",
  pin: "M12 21c4.500-4.500 6.500-7.800 6.500-10.700A6.500 6.500 0 0 0 5.500 10.300C5.500 13.200 7.500 16.500 12 21zM12 12.500a2.300 2.300 0 1 0 0-4.600 2.300 2.300 0 0 0 0 4.600z",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name, label, onClick, extra = {}) {
  const classes = ["icon-button", extra.class].filter(Boolean).join(" ");
  return h("button", { type: "button", "aria-label": label, title: label, ...extra, class: classes, on: { click: onClick } }, icon(name));
}

export function hue(name) {
  let sum = 7;
  for (const char of name) sum = (sum * 31 + char.codePointAt(0)) % 9973;
  return sum % 10;
}

export function avatar(name, kind = "person", size = "") {
  const initial = kind === "system" ? logo() : [...name.trim()][0]?.toUpperCase() || "?";
  return h("span", { class: `avatar ${kind} hue-${hue(name)} ${size}`, "aria-hidden": "true" }, initial);
}

export function logo() {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 32 32");
  svg.setAttribute("class", "logo");
  svg.setAttribute("aria-hidden", "true");
  const dunes = document.createElementNS(SVG, "path");
  dunes.setAttribute("d", "M3.500 24.500c4.500 0 6.500-8.500 10.500-8.500 3.600 0 4.300 6 8 6 2.600 0 3.600-1.800 6.500-1.800");
  const sun = document.createElementNS(SVG, "circle");
  for (const [name, value] of [["cx", 21.5], ["cy", 9.5], ["r", 3.2]]) sun.setAttribute(name, value);
  svg.append(dunes, sun);
  return svg;
}
