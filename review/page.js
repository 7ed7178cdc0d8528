// The review page. Everything that comes from an article is set as text, never as markup. A verdict is
// shown as given only when the server has it on its disk; keys that come meanwhile wait their turn.
"use strict";

const $ = (id) => document.getElementById(id);
let words = {}, lang = "en", state = null, item = null, article = null;
let mode = "figures";      // or "article"
let dialog = null;         // {wrong} while a correction is typed
let notes = "";            // of the item that is shown
let unsaved = null;        // {key, nonce} of a statement whose answer was lost
let here = 0;              // index of the number that is current in the article
let shown = null;          // index of the item that is shown; null: all are judged

const WRONG = [["v", "value"], ["u", "unit"], ["c", "counted"], ["g", "region"], ["d", "date"], ["x", "no-statistic"]];

function w(id, fill) {
  const text = (words[id] || {})[lang] || id;
  return text.replace(/\{(\w[\w-]*)\}/g, (all, name) => fill && name in fill ? String(fill[name]) : all);
}

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "click") node.addEventListener("click", value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((c) => c != null && c !== ""));
  return node;
}

function fill(node, ...children) { node.replaceChildren(...children.filter((c) => c != null)); }

function say(text) { $("status").textContent = text; }

function complain(text) { $("trouble").textContent = text || ""; $("trouble").hidden = !text; }

// ---- the server ----

class Refused extends Error {}

async function ask(route, body) {
  const options = body ? { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) } : {};
  const answer = await fetch(route, { cache: "no-store", redirect: "error", ...options });
  const data = await answer.json();
  if (!answer.ok) throw new Refused(data.error || String(answer.status));
  return data;
}

// ---- figures ----

function number(text) {
  const m = /^(-?)(\d+)(\.\d+)?$/.exec(text);
  return m ? m[1] + m[2].replace(/\B(?=(\d{3})+$)/g, ",") + (m[3] || "") : text;
}

// 370000 -> 37万: how the reviewer has it in the sentence
function inChinese(text) {
  const m = /^(-?)(\d+)$/.exec(text);
  if (!m || m[2].length < 5) return "";
  const scaled = (digits, unit) => {
    const whole = m[2].slice(0, -digits), rest = m[2].slice(-digits).replace(/0+$/, "");
    return rest.length > 4 ? "" : m[1] + whole + (rest ? "." + rest : "") + unit;
  };
  return m[2].length > 8 ? scaled(8, "亿") || scaled(4, "万") : scaled(4, "万");
}

function valueText(f) {
  const long = (v) => number(v) + (inChinese(v) ? `（${inChinese(v)}）` : "");
  const amount = f.value ? long(f.value)
    : f.value_low || f.value_high ? `${long(f.value_low)} ${w("to")} ${long(f.value_high)}` : "?";
  return `${w(f.qualifier)} ${amount} ${f.unit}`.trim();
}

function labelOf(f) {
  const name = f["indicator_" + lang] || f.indicator || w("no-indicator");
  const sub = f["subtype_" + lang] || f.subtype;
  return sub ? `${name} · ${sub}` : name;
}

function dateText(f) {
  if (f.period_from) return w("from-to", { from: f.period_from, to: f.period_to }) + (f.asof ? ` (${w("as-of", { date: f.asof })})` : "");
  return f.asof ? w("as-of", { date: f.asof }) : w("no-date");
}

function regionText(f) {
  const name = f.region ? `${f.region}${f.region_code ? " " + f.region_code : ""}` : f.region_codes || w("no-region");
  return f.scope && f.scope !== "whole" ? `${name}, ${w("scope-" + f.scope)}${f.place ? ": " + f.place : ""}` : name;
}

function showReading(f) {
  const region = f.region || f.region_codes || w("no-region");
  const place = f.scope && f.scope !== "whole" ? `${f.place || w("scope-" + f.scope)} (${region})` : region;
  const sentence = lang === "zh" ? `${place}：${labelOf(f)}${f.counted ? `（${f.counted}）` : ""}，${valueText(f)}，${dateText(f)}`
    : `${labelOf(f)}${f.counted ? ` (${f.counted})` : ""}, ${place}: ${valueText(f)}, ${dateText(f)}`;
  $("words").textContent = sentence;
  const rows = [["text", f.surface], ["value", valueText(f)], ["unit", f.unit + (f.unit_text && f.unit_text !== f.unit ? ` (${f.unit_text})` : "")],
    ["counted", [labelOf(f), f.counted, f.base ? "/ " + f.base : ""].filter(Boolean).join(" · ")],
    ["region", `${regionText(f)}${f.scope === "whole" ? ", " + w("of-whole") : ""}`], ["date", dateText(f)],
    ["measure", [f.measure && w(f.measure), f.modality && w(f.modality), f.compared_to].filter(Boolean).join(" · ")],
    ["rule", `${f.rule}, ${w(f.confidence)}`]];
  fill($("reading"), ...rows.flatMap(([name, value]) => [el("dt", {}, w(name)), el("dd", {}, value || "–")]));
}

// The paragraph with the number marked; where the run kept no text, the sentence.
function showParagraph() {
  const f = item.figure, chars = Array.from(item.paragraph);
  let from = item.mark_start, to = item.mark_end;
  if (from === undefined) {
    const at = item.paragraph.indexOf(f.surface);
    from = at < 0 ? 0 : Array.from(item.paragraph.slice(0, at)).length;
    to = at < 0 ? 0 : from + Array.from(f.surface).length;
  }
  const mark = el("mark", {}, chars.slice(from, to).join(""));
  const before = chars.slice(0, from).join(""), after = chars.slice(to).join("");
  const begin = before.length - overlap(before, f.sentence), rest = begin < before.length || f.sentence.startsWith(f.surface)
    ? f.sentence.length - (before.length - begin) - f.surface.length : 0;
  const end = Math.max(0, Math.min(after.length, rest));
  fill($("paragraph"), before.slice(0, begin), el("span", { class: "said" }, before.slice(begin), mark, after.slice(0, end)), after.slice(end));
  const box = $("paragraph");
  box.scrollTop = Math.max(0, mark.offsetTop - box.offsetTop - box.clientHeight / 3);
}

// How much of the end of `before` is the beginning of the sentence.
function overlap(before, sentence) {
  for (let n = Math.min(before.length, sentence.length); n > 0; n--)
    if (sentence.startsWith(before.slice(-n))) return n;
  return 0;
}

function verdictText(v) {
  const what = v.verdict === "wrong" ? w("wrong-" + v.wrong) : w(v.verdict);
  return [what + (v.corrected ? " → " + v.corrected : ""), v.note].filter(Boolean).join(" · ");
}

function showItem() {
  const f = item.figure;
  $("where").textContent = w("where", { at: item.at + 1, total: state.total });
  const about = [f.title, f.publisher, (f.published || "").slice(0, 10), f.source_path].filter(Boolean).join(" · ");
  fill($("about"), about);
  $("reason").hidden = !item.reason;
  $("reason").textContent = item.reason ? `${w("reason")}: ${item.reason}` : "";
  showParagraph();
  showReading(f);
  const own = item.own[0];
  $("said").textContent = own ? w("you-said", { verdict: verdictText(own) }) : "";
  $("others").hidden = !(item.others || []).length;
  fill($("others"), ...(item.others || []).map((v) => el("li", {}, w("they-said", { name: v.reviewer, verdict: verdictText(v) }))));
  notes = own ? own.note : "";
  $("note").value = notes;
  $("noting").hidden = true;
  closeDialog();
  if (!$("source").hidden) return showSource();
}

async function showAt(at) {
  shown = at;
  for (const id of ["paragraph", "words", "reading", "judge"]) $(id).hidden = at === null;
  if (at === null) {
    item = null;
    for (const id of ["reason", "others", "source", "correct", "noting"]) $(id).hidden = true;
    $("where").textContent = state.total ? w("all-done", { total: state.total }) : w("nothing");
    fill($("about"));
    $("said").textContent = "";
    return;
  }
  item = await ask(`item?at=${at}`);
  await showItem();
}

async function showSource() {
  const s = await ask(`source?at=${item.at}`), note = [];
  if (!s.found) note.push(w("no-source-" + s.why));
  else note.push(w("bytes", { path: s.source_path, from: s.byte_start, to: s.byte_end, encoding: s.encoding_used }));
  if (s.repairs) note.push(w("repairs", { repairs: s.repairs }));
  $("source-note").textContent = note.join(" ");
  const inside = el("mark", {}, s.found && s.inside ? s.inside : s.source_text);
  fill($("source-text"), s.before, inside, s.after);
  $("source-hex").textContent = s.hex;
  $("source-text").scrollTop = Math.max(0, inside.offsetTop - $("source-text").offsetTop - 80);
}

// ---- saying something ----

// The same statement that was not answered keeps its nonce: should it have been saved, it is not saved twice.
function nonceFor(key) {
  if (unsaved && unsaved.key === key) return unsaved.nonce;
  unsaved = { key, nonce: crypto.randomUUID() };
  return unsaved.nonce;
}

async function state_(statement) {
  const key = JSON.stringify(statement);
  const answer = await ask("verdict", { ...statement, nonce: nonceFor(key) });
  unsaved = null;
  take(answer);
  return answer;
}

async function judge(verdict, wrong = "", corrected = "") {
  if (shown === null) return;
  const said = { verdict, wrong, corrected, note: $("note").value.trim() };
  const answer = await state_({ figure_id: item.figure.figure_id, ...said });
  say(w("saved", { verdict: verdictText(said) }));
  await showAt(answer.next < answer.total ? answer.next : null);
}

async function undo() {
  if (!state.last) return say(w("nothing-undone"));
  const answer = await ask("undo", { nonce: state.last });
  take(answer);
  say(w("undone"));
  await showAt(answer.at < state.total ? answer.at : shown);
}

function openDialog(wrong) {
  if (shown === null) return;
  dialog = { wrong };
  $("correct").hidden = false;
  $("correct-label").textContent = w("correct-" + wrong);
  $("corrected").value = "";
  fill($("choices"), ...(wrong === "counted" ? state.indicators.map((i) => el("option", { value: i.id }, i[lang])) : []));
  $("corrected").focus();
}

function closeDialog() {
  dialog = null;
  if ($("correct").contains(document.activeElement)) document.activeElement.blur();
  $("correct").hidden = true;
}

async function commitDialog() {
  const { wrong } = dialog, text = $("corrected").value.trim();
  await judge("wrong", wrong, wrong === "value" ? text.replace(/[,，\s]/g, "") : text);
}

function toggleNote() {
  if (shown === null) return;
  $("noting").hidden = !$("noting").hidden;
  if (!$("noting").hidden) $("note").focus();
}

// A note on what is judged already is saved with the verdict it belongs to.
async function commitNote() {
  $("noting").hidden = true;
  document.activeElement.blur();
  const own = item && item.own[0];
  if (own && $("note").value.trim() !== own.note) await judge(own.verdict, own.wrong, own.corrected);
}

// ---- articles ----

const current = () => article && article.numerals[here];

function classOf(n) {
  const kind = n.state === "figure" && !n.indicator ? "plain" : n.state;
  return `n ${kind}${article.missed.includes(n.start) ? " missed" : ""}`;
}

function whyText(n) {
  if (!n) return "";
  if (n.state === "figure")
    return [w(n.indicator ? "state-figure" : "state-plain"), n.indicator, n.region, number(n.value || `${n.value_low}–${n.value_high}`), n.unit].filter(Boolean).join(" · ");
  const why = (n.why || "").replace(/^(date|time|ordinal|identifier|name): /, (all, kind) => w(kind + "-kind") + ": ");
  return [w("state-" + n.state), why].filter(Boolean).join(": ");
}

function drawText() {
  const chars = Array.from(article.text), paras = [];
  let line = [], at = 0;
  const flow = (text) => text.split("\n").forEach((part, i) => {
    if (i) { paras.push(line); line = []; }
    if (part) line.push(part);
  });
  article.numerals.forEach((n, i) => {
    flow(chars.slice(at, n.start).join(""));
    line.push(el("button", { type: "button", class: classOf(n), id: "n" + i, tabindex: "-1", "aria-label": `${chars.slice(n.start, n.end).join("")}, ${whyText(n)}`, click: () => { here = i; moved(); } }, chars.slice(n.start, n.end).join("")));
    at = n.end;
  });
  flow(chars.slice(at).join(""));
  paras.push(line);
  fill($("text"), ...paras.filter((p) => p.length).map((p) => el("p", {}, ...p)));
}

function moved() {
  for (const node of $("text").querySelectorAll("[aria-current]")) node.removeAttribute("aria-current");
  const node = $("n" + here), n = current();
  if (!node) return;
  node.setAttribute("aria-current", "true");
  node.className = classOf(n);
  node.scrollIntoView({ block: "nearest" });
  $("why").textContent = `${node.textContent}: ${whyText(n)}${article.missed.includes(n.start) ? " · " + w("state-missed") : ""}`;
}

async function showArticle(at) {
  if (at >= state.articles) at = 0;
  if (!state.articles) { $("article-where").textContent = w("nothing"); return; }
  article = await ask(`article?at=${at}`);
  here = 0;
  $("article-where").textContent = w("article-where", { at: at + 1, total: article.total }) + (article.read ? " · " + w("article-read") : "");
  fill($("article-about"), [article.publisher, article.published.slice(0, 10), article.source_path].filter(Boolean).join(" · "));
  const kinds = ["figure", "plain", "excluded", "unread", "missed"];
  fill($("legend"), ...kinds.map((k) => el("li", {}, el("span", { class: k }, "12"), w("state-" + k))));
  $("why").textContent = "";
  if (article.found) { drawText(); $("text").scrollTop = 0; moved(); } else fill($("text"), el("p", {}, w("no-text")));
  buttons();
}

async function markMissed() {
  const n = current();
  if (!n) return;
  const mark = !article.missed.includes(n.start);
  take(await ask("missed", { at: article.at, start: n.start, end: n.end, mark, indicator: "", note: "", nonce: crypto.randomUUID() }));
  article.missed = mark ? [...article.missed, n.start] : article.missed.filter((s) => s !== n.start);
  moved();
}

async function judgeInArticle(verdict, wrong) {
  const n = current();
  if (!n || n.state !== "figure") return;
  await state_({ figure_id: n.figure_id, verdict, wrong, corrected: "", note: "", in: "article" });
  say(w("saved", { verdict: verdictText({ verdict, wrong }) }));
  step(1);
}

function step(by) {
  if (!article || !article.numerals.length) return;
  here = Math.max(0, Math.min(article.numerals.length - 1, here + by));
  moved();
}

async function finishArticle() {
  const answer = await ask("read", { at: article.at, read: !article.read });
  const next = article.read ? article.at : answer.article;
  take(answer);
  await showArticle(next);
}

async function setMode(to) {
  mode = to;
  $("figures").hidden = to !== "figures";
  $("article").hidden = to !== "article";
  $("mode-figures").setAttribute("aria-pressed", to === "figures");
  $("mode-article").setAttribute("aria-pressed", to === "article");
  if (to === "article" && !article) await showArticle(state.article);
}

// ---- results ----

const percent = (x) => (100 * x).toFixed(1);

function take(answer) {
  for (const name of ["total", "judged", "next", "last", "score"]) if (name in answer) state[name] = answer[name];
  showScore();
}

function showScore() {
  const t = state.score.total, n = t.right + t.wrong;
  $("who").textContent = `${w("who", { name: state.reviewer, judged: state.judged, total: state.total })} · ${w("mode-" + state.mode, state)}`;
  $("bar").max = Math.max(1, state.total);
  $("bar").value = state.judged;
  $("bar").setAttribute("aria-label", $("who").textContent);
  $("precision").textContent = n ? w("precision-is", { p: percent(t.precision), low: percent(t.precision_low), high: percent(t.precision_high), right: t.right, n }) : w("precision-none");
  $("range").hidden = !n;
  $("range").setAttribute("aria-label", $("precision").textContent);
  $("range").firstElementChild.style.left = 100 * t.precision_low + "%";
  $("range").firstElementChild.style.right = 100 - 100 * t.precision_high + "%";
  $("more").textContent = n ? (t.more ? w("more", { n: t.more }) : w("more-none")) : "";
  $("recall").textContent = t.recall === null ? w("recall-none") : w("recall-is", { p: percent(t.recall), low: percent(t.recall_low), high: percent(t.recall_high), found: t.found, missed: t.missed, articles: state.score.articles });
  const rows = state.score.indicators.filter((i) => i.right + i.wrong).map((i) => {
    const name = (state.indicators.find((k) => k.id === i.indicator) || {})[lang] || i.indicator || w("no-indicator");
    return el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, `${i.right}/${i.right + i.wrong}`),
      el("td", {}, percent(i.precision) + " %", el("small", {}, `${percent(i.precision_low)}–${percent(i.precision_high)}`)), el("td", {}, String(i.more)));
  });
  fill($("score").tBodies[0], ...rows);
}

// ---- keys and buttons ----

const FIGURE_KEYS = [["r", "right", () => judge("right"), "go"],
  ...WRONG.map(([key, wrong]) => [key, "wrong-" + wrong, () => wrong === "no-statistic" ? judge("wrong", wrong) : openDialog(wrong), "stop"]),
  ["s", "skip", () => judge("skip")], ["z", "undo", undo], ["t", "note", toggleNote],
  ["o", "original-short", async () => { if (shown === null) return; $("source").hidden = !$("source").hidden; if (!$("source").hidden) await showSource(); }],
  ["ArrowLeft", "back", () => state.total && showAt(shown === null ? state.total - 1 : Math.max(0, shown - 1))],
  ["ArrowRight", "forward", () => shown !== null && showAt(Math.min(state.total - 1, shown + 1))]];
const ARTICLE_KEYS = [["m", "mark-missed", markMissed, "stop"], ["r", "right", () => judgeInArticle("right", ""), "go"], ["x", "article-wrong", () => judgeInArticle("wrong", "no-statistic"), "stop"],
  ["ArrowLeft", "back", () => step(-1)], ["ArrowRight", "forward", () => step(1)], ["f", "finish", finishArticle, "go"]];
const SAME = { Enter: "r", y: "r", j: "ArrowRight", k: "ArrowLeft" };

const glyph = (key) => ({ ArrowLeft: "←", ArrowRight: "→" })[key] || key.toUpperCase();

function buttons() {
  const make = ([key, word, call, kind]) => el("button", { type: "button", class: kind, "data-key": key, "aria-keyshortcuts": key, click: () => work(call) }, el("kbd", { "aria-hidden": "true" }, glyph(key)), w(key === "f" && article && article.read ? "reopen" : word));
  fill($("judge"), ...FIGURE_KEYS.map(make));
  fill($("article-judge"), ...ARTICLE_KEYS.map(make));
  const help = [["R Enter", "right"], ...WRONG.map(([k, x]) => [k.toUpperCase(), "wrong-" + x]), ["S", "skip"], ["Z", "undo"], ["T", "note"], ["O", "original-short"], ["← →", "help-move"], ["A", "articles"], ["M", "mark-missed"], ["F", "finish"], ["L", "other-lang"], ["?", "help-help"]];
  fill($("help"), ...help.map(([key, word]) => el("div", {}, ...key.split(" ").map((k) => el("kbd", {}, k)), w(word))));
}

function toggleHelp() {
  $("help").hidden = !$("help").hidden;
  $("help-open").setAttribute("aria-expanded", !$("help").hidden);
}

const ALWAYS = { a: () => setMode(mode === "article" ? "figures" : "article"), "?": toggleHelp, l: () => speak(lang === "zh" ? "en" : "zh") };

function callOf(key) {
  if (dialog) {
    const input = $("corrected");
    if (key === "Enter") return commitDialog;
    if (key === "Escape") return closeDialog;
    if (key === "Backspace") return () => { input.value = input.value.slice(0, -1); };
    return key.length === 1 ? () => { input.value += key; } : null;
  }
  const small = key.length === 1 ? key.toLowerCase() : key;
  if (small in ALWAYS) return ALWAYS[small];
  const keys = mode === "article" ? ARTICLE_KEYS : FIGURE_KEYS, name = SAME[small] || small;
  const found = keys.find(([k]) => k === name);
  return found ? found[2] : null;
}

// One after the other: what is pressed while an answer is on its way waits.
const waiting = [];
let busy = false;

async function work(call) {
  waiting.push(call);
  if (busy) return;
  busy = true;
  document.body.setAttribute("aria-busy", "true");
  while (waiting.length) {
    const next = waiting.shift();
    try {
      const run = typeof next === "string" ? callOf(next) : next;
      if (run) await run();
      complain("");
    } catch (trouble) {
      waiting.length = 0; // what was pressed behind it was meant for another figure
      complain(trouble instanceof Refused ? w("refused", { text: trouble.message }) : w("lost"));
    }
  }
  busy = false;
  document.body.removeAttribute("aria-busy");
}

// With an input method switched on, the key itself is hidden behind its place.
function keyOf(event) {
  if (event.key !== "Process" && event.keyCode !== 229) return event.key;
  return /^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : event.code;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const target = event.target, typing = target.matches("input, textarea"), key = typing ? event.key : keyOf(event);
  if (typing && !busy) {
    if (key === "Escape") { event.preventDefault(); if (target.id === "note") { $("note").value = notes; $("noting").hidden = true; target.blur(); } else work(closeDialog); }
    return; // Enter submits the form
  }
  if (target.matches("button, a") && (key === "Enter" || key === " ")) return;
  if (key === "Tab" || key === "Shift") return;
  if (!typing && !busy && !callOf(key)) return;
  event.preventDefault();
  work(key);
});

$("correct").addEventListener("submit", (event) => { event.preventDefault(); if (dialog) work(commitDialog); });
$("correct-cancel").addEventListener("click", () => work(closeDialog));
$("noting").addEventListener("submit", (event) => { event.preventDefault(); work(commitNote); });
$("note").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  work(commitNote);
});
$("mode-figures").addEventListener("click", () => work(() => setMode("figures")));
$("mode-article").addEventListener("click", () => work(() => setMode("article")));
$("help-open").addEventListener("click", toggleHelp);
$("lang").addEventListener("click", () => work(() => speak(lang === "zh" ? "en" : "zh")));

// ---- beginning ----

async function speak(to) {
  lang = to;
  document.documentElement.lang = lang === "zh" ? "zh-Hans" : "en";
  document.title = w("title");
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = w(node.dataset.word);
  $("lang").textContent = w("other-lang");
  $("lang").lang = lang === "zh" ? "en" : "zh-Hans";
  $("title").textContent = w("title");
  $("judge").setAttribute("aria-label", w("keys"));
  $("article-judge").setAttribute("aria-label", w("keys"));
  buttons();
  if (!state) return;
  showScore();
  await showAt(shown);
  if (article) await showArticle(article.at);
}

async function begin() {
  words = await ask("words.json");
  state = await ask("state");
  shown = state.next < state.total ? state.next : null;
  await speak(state.lang);
  document.body.dataset.ready = "true";
}

work(begin);
