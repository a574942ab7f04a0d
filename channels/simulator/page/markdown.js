// Markdown to nodes: the subset that chats use. Only text nodes and known tags are made, links only to web and mail.
import { h } from "/page/dom.js";

const DEEPEST = 8; // marks within marks, quotes within quotes; beyond that they are only characters

const INLINE = [
  [/^`([^`\n]+)`/, (m) => h("code", { text: m[1] })],
  [/^\*\*(?=\S)([^\n]*?\S)\*\*(?!\*)/, (m, depth) => h("strong", {}, inline(m[1], depth))],
  [/^__(?=\S)([^\n]*?\S)__(?!\w)/, (m, depth) => h("strong", {}, inline(m[1], depth)), true],
  [/^~~(?=\S)([^\n]*?\S)~~/, (m, depth) => h("s", {}, inline(m[1], depth))],
  [/^\*(?=[^\s*])([^*\n]*?[^\s*])\*(?!\*)/, (m, depth) => h("em", {}, inline(m[1], depth))],
  [/^_(?=[^\s_])([^_\n]*?[^\s_])_(?!\w)/, (m, depth) => h("em", {}, inline(m[1], depth)), true],
  [/^\[([^\]\n]+)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)/, (m, depth) => link(m[2], inline(m[1], depth))],
  [/^<((?:https?:\/\/|mailto:)[^\s<>]+)>/, (m) => link(m[1], [m[1]])],
  [/^https?:\/\/[^\s<>]*[^\s<>.,;:!?'")\]]/, (m) => link(m[0], [m[0]]), true],
  [/^@[\p{L}\p{N}_-]+/u, (m) => h("span", { class: "mention", text: m[0] }), true],
  [/^\\([\\`*_~[\]()<>#+.!|-])/, (m) => m[1]],
];

export function inline(text, depth = 0) {
  if (depth > DEEPEST) return [text];
  const nodes = [];
  let plain = "";
  for (let rest = text, before = " "; rest; ) {
    const found = matchInline(rest, before);
    const length = found ? found.match[0].length : plainLength(rest);
    if (found) {
      if (plain) nodes.push(plain);
      plain = "";
      nodes.push(found.make(found.match, depth + 1));
    } else {
      plain += rest.slice(0, length);
    }
    before = rest[length - 1];
    rest = rest.slice(length);
  }
  if (plain) nodes.push(plain);
  return nodes;
}

function matchInline(rest, before) {
  for (const [pattern, make, wordStart] of INLINE) {
    if (wordStart && /[\p{L}\p{N}_]/u.test(before)) continue;
    const match = pattern.exec(rest);
    if (match) return { match, make };
  }
  return null;
}

function plainLength(rest) {
  const next = rest.slice(1).search(/[`*_~[<@\\]|https?:/);
  return next < 0 ? rest.length : next + 1;
}

export function safeUrl(url) {
  try {
    const parsed = new URL(url, location.href);
    return ["http:", "https:", "mailto:"].includes(parsed.protocol) ? parsed.href : "";
  } catch {
    return "";
  }
}

function link(url, children) {
  const safe = safeUrl(url);
  return safe ? h("a", { href: safe, target: "_blank", rel: "noopener noreferrer" }, children) : h("span", {}, children);
}

export function markdown(text, depth = 0) {
  if (depth > DEEPEST) return [h("p", { text })];
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const blocks = [];
  for (let at = 0; at < lines.length; ) {
    const [node, next] = block(lines, at, depth);
    if (node) blocks.push(node);
    at = next;
  }
  return blocks;
}

const LIST = /^(\s*)([-*+•]|\d{1,4}[.)])\s+(.*)$/;

function block(lines, at, depth) {
  const line = lines[at];
  if (!line.trim()) return [null, at + 1];
  if (/^\s*```/.test(line)) return fence(lines, at);
  if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) return [h("hr"), at + 1];
  const heading = /^(#{1,4})\s+(.+?)\s*#*$/.exec(line);
  if (heading) return [h("p", { class: `heading level-${heading[1].length}` }, inline(heading[2])), at + 1];
  if (/^\s*>/.test(line)) return quote(lines, at, depth);
  if (LIST.test(line)) return list(lines, at);
  if (isTable(lines, at)) return table(lines, at);
  return paragraph(lines, at);
}

function fence(lines, at) {
  let end = at + 1;
  while (end < lines.length && !/^\s*```\s*$/.test(lines[end])) end += 1;
  return [h("pre", {}, h("code", { text: lines.slice(at + 1, end).join("\n") })), end + 1];
}

function quote(lines, at, depth) {
  let end = at;
  while (end < lines.length && /^\s*>/.test(lines[end])) end += 1;
  const inner = lines.slice(at, end).map((line) => line.replace(/^\s*>\s?/, ""));
  return [h("blockquote", {}, markdown(inner.join("\n"), depth + 1)), end];
}

function list(lines, at) {
  const [, indent, mark] = LIST.exec(lines[at]);
  const ordered = /\d/.test(mark);
  const node = h(ordered ? "ol" : "ul", ordered ? { start: parseInt(mark, 10) } : {});
  let end = at;
  while (end < lines.length) {
    const item = LIST.exec(lines[end]);
    if (!item || item[1].length < indent.length) break;
    if (item[1].length > indent.length + 1 && node.lastChild) {
      const [nested, next] = list(lines, end);
      node.lastChild.append(nested);
      end = next;
    } else if (/\d/.test(item[2]) !== ordered) {
      break;
    } else {
      node.append(h("li", {}, inline(item[3])));
      end += 1;
    }
  }
  return [node, end];
}

function isTable(lines, at) {
  return lines[at].includes("|") && /^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)+\|?\s*$/.test(lines[at + 1] || "");
}

function table(lines, at) {
  const cells = (line) => line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());
  let end = at + 2;
  while (end < lines.length && lines[end].includes("|")) end += 1;
  const row = (line, tag) => h("tr", {}, cells(line).map((cell) => h(tag, {}, inline(cell))));
  const body = lines.slice(at + 2, end).map((line) => row(line, "td"));
  return [h("div", { class: "table", tabindex: "0" }, h("table", {}, h("thead", {}, row(lines[at], "th")), h("tbody", {}, body))), end];
}

function paragraph(lines, at) {
  const node = h("p");
  let end = at;
  while (end < lines.length && lines[end].trim() && (end === at || !startsBlock(lines, end))) {
    if (end > at) node.append(h("br"));
    node.append(...inline(lines[end]));
    end += 1;
  }
  return [node, end];
}

function startsBlock(lines, at) {
  const line = lines[at];
  return /^\s*(```|>)/.test(line) || /^#{1,4}\s/.test(line) || LIST.test(line) || isTable(lines, at);
}

// The words alone, for a quote, a list line or a screen reader.
export function plain(text) {
  return text.replace(/[`*~]|^#{1,4}\s|^\s*>\s?/gm, "").replace(/\[([^\]]+)\]\([^)]*\)/g, "$1").replace(/\s+/g, " ").trim();
}
