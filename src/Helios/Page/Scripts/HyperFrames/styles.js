// Follows addresses.js in its function: rules of a composition hold for its elements only.
  const BOX = "data-hf-inner-root";
  const ROOT_ID = "data-hf-authored-id";
  /** The selectors of a list, without those of functions in them. */
  const split = list => {
    const parts = [""];
    let depth = 0;
    for (const [token] of list.matchAll(/\\.|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^]/g)) {
      if (token === "(" || token === "[") depth++;
      if (token === ")" || token === "]") depth--;
      if (token === "," && depth === 0) parts.push("");
      else parts[parts.length - 1] += token;
    }
    return parts.map(part => part.trim());
  };
  const replaceRootId = (selector, id) =>
    !id
      ? selector
      : selector.replace(/\[[^\]]*\]|#((?:\\[^]|[\w-]|[^\0-\x7f])+)/g, (token, name) =>
          name === CSS.escape(id) ? `[${ROOT_ID}=${quote(id)}]` : token,
        );
  const scopeSelector = (selector, { scope, id, rootId }) => {
    const box = `${scope}:not(:has([${BOX}])), ${scope} > [${BOX}]`;
    const own = `[data-composition-id=${quote(id)}]`;
    const times = '(?:\\[data-(?:start|duration)="[^"]*"\\])*'; // of the root, which does not have them here
    const text = replaceRootId(selector, rootId);
    if (text === "*") return text;
    if (/^(html|body|:root)$/i.test(text)) return box;
    if (!text.includes(own)) return `${scope} ${text}`;
    const scoped = text.replace(new RegExp(`${times}${RegExp.escape(own)}${times}`, "g"), () => scope);
    return scoped === scope ? box : scoped;
  };
  const scopeRules = (rules, of) => {
    for (const rule of rules) {
      if (rule instanceof CSSStyleRule)
        rule.selectorText = split(rule.selectorText)
          .map(selector => scopeSelector(selector, of))
          .join(", ");
      else if (rule.cssRules && !(rule instanceof CSSKeyframesRule) && !(rule instanceof CSSImportRule)) scopeRules(rule.cssRules, of);
    }
  };
  const addStyle = (text, of) => {
    const style = document.createElement("style");
    style.textContent = resolveStyle(text, of.file);
    document.head.append(style);
    if (of.id) scopeRules(style.sheet.cssRules, of);
  };
