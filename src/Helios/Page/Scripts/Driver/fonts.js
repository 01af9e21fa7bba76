// Finds the fonts that the page's text asks for by name and does not get. Follows driver.js, in the frame of the composition.
(() => {
  "use strict";
  if (!Object.hasOwn(window, "__helios_driver")) return;
  const generic = new Set(
    (
      "serif sans-serif monospace cursive fantasy system-ui ui-serif ui-sans-serif ui-monospace ui-rounded math emoji fangsong " +
      "-apple-system blinkmacsystemfont"
    ).split(" "),
  );
  const bases = ["serif", "sans-serif", "monospace"];
  const SAMPLE = "mmmmmmmmmmlli0O&WQ.;@";
  const DEFAULT = '"Times New Roman"'; // of text that names none
  const LONGEST = 60; // of a text that is measured
  const unquote = name => name.trim().replace(/^(["'])(.*)\1$/, "$2");
  const familiesOf = list => (list.match(/("[^"]*"|'[^']*'|[^,"'])+/g) ?? []).map(unquote).filter(Boolean);

  let context = null;
  const widthOf = (text, families) => {
    context ??= document.createElement("canvas").getContext("2d");
    context.font = `72px ${families}`;
    return context.measureText(text).width;
  };
  /** Whether a font changes the width of a text: it has some of its letters. */
  const isUsed = (family, text) => bases.some(base => widthOf(text, `${JSON.stringify(family)}, ${base}`) !== widthOf(text, base));
  const isThere = (family, text, faces) =>
    generic.has(family.toLowerCase()) || faces.has(family.toLowerCase()) || isUsed(family, SAMPLE) || isUsed(family, text);

  /** A line for each family that some text names first and that is not there: the family, a tab, and the next of its list that is. */
  const missing = () => {
    const found = new Map();
    const seen = new Set();
    window.__helios_driver.eachRoot(window, (root, win) => {
      const usable = [...root.fonts ?? win.document.fonts].filter(({ status }) => status !== "error");
      const faces = new Set(usable.map(({ family }) => unquote(family).toLowerCase()));
      const walker = win.document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node; (node = walker.nextNode());) {
        const text = node.data.trim().slice(0, LONGEST);
        const element = node.parentElement;
        if (text === "" || !element || ["script", "style", "title", "noscript", "template"].includes(element.localName)) continue;
        const list = win.getComputedStyle(element).fontFamily;
        if (seen.has(list) || list === DEFAULT) continue;
        seen.add(list);
        const [first, ...rest] = familiesOf(list);
        const name = first?.toLowerCase();
        if (!first || found.has(name) || isThere(first, text, faces)) continue;
        found.set(name, `${first}\t${rest.find(family => isThere(family, text, faces)) ?? "the browser's font"}`);
      }
    });
    return [...found.values()].join("\n");
  };
  window.__helios_driver.missingFonts = missing;
})();
