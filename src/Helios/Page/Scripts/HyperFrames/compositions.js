// Follows scripts.js in its function, and ends it: compositions that stand in files of their own (data-composition-src) or in templates
// (docs/hyperframes.md). The files are read while the document is parsed, before its next script: the page's scripts find it as if it were
// written in one file.
  const MOST = 1000; // compositions of a page

  const ids = new Map(); // how many have an id
  const chainOf = host => {
    const files = [];
    for (let outer = host.closest("[data-composition-file]"); outer; outer = outer.parentElement?.closest("[data-composition-file]"))
      files.push(outer.getAttribute("data-composition-file"));
    return files;
  };
  const prepareBox = root => {
    const box = document.importNode(root, true);
    const { width, height } = root.dataset;
    for (const name of ["composition-id", "composition-file", "composition-src", "start", "duration", "end", "track-index", "track"])
      box.removeAttribute(`data-${name}`);
    if (box.id) box.setAttribute(ROOT_ID, box.id);
    box.removeAttribute("id");
    box.setAttribute(BOX, "true");
    box.style.width = width ? `${width}px` : "100%";
    box.style.height = height ? `${height}px` : "100%";
    return box;
  };
  const sizeHost = (host, root) => {
    for (const name of ["width", "height"]) {
      if (root && !host.dataset[name] && root.dataset[name]) host.dataset[name] = root.dataset[name];
      if (host.dataset[name] && !(host.getAttribute("style") ?? "").includes(name)) host.style[name] = `${host.dataset[name]}px`;
    }
  };
  /** Gives a host element the content of its composition. */
  const mount = (host, source, content, head, declarer, hasTemplate, file) => {
    const asked = host.getAttribute("data-composition-id")?.trim() ?? "";
    const roots = [...content.querySelectorAll("[data-composition-id]")];
    const root = (asked ? roots.find(({ dataset }) => dataset.compositionId === asked) : roots[0]) ?? null;
    const declaredId = (root ?? roots[0])?.dataset.compositionId.trim() || asked;
    const authoredId = asked || declaredId;
    const count = (ids.get(authoredId) ?? 0) + 1;
    ids.set(authoredId, count);
    const id = count > 1 ? `${authoredId}__hf${count}` : authoredId;
    if (id) host.setAttribute("data-composition-id", id);

    resolveAll(content, file);
    for (const link of head?.querySelectorAll("link[rel=stylesheet], link[rel=preconnect]") ?? []) {
      const copy = document.importNode(link, true);
      copy.setAttribute("href", resolve(link.getAttribute("href") ?? "", file));
      if (![...document.querySelectorAll("link[href]")].some(({ href }) => href === copy.href)) document.head.append(copy);
    }
    const parts = [...(hasTemplate ? [] : [head]), content].filter(Boolean);
    const of = { host, file, id: authoredId, declaredId, rootId: root?.id ?? "", scope: `[data-composition-id=${quote(id)}]` };
    for (const style of parts.flatMap(part => [...part.querySelectorAll("style")])) {
      addStyle(style.textContent, of);
      style.remove();
    }
    const values = { ...defaultsOf(declarer), ...defaultsOf(root), ...valuesOf(host) };
    if (Object.keys(values).length > 0) {
      instances[id] = values;
      setProperties(host, { ...values, ...given() });
    }
    const own = parts.flatMap(part => [...part.querySelectorAll("script")]).filter(isScript);
    for (const script of own) {
      const src = script.getAttribute("src")?.trim() ?? "";
      scripts.push({
        src: src && new URL(resolve(src, file), document.baseURI).href, type: script.type, text: script.textContent, file: file ?? source,
        run: text => scopeOf({ ...of, id })(text),
      });
      script.remove();
    }

    sizeHost(host, root);
    host.setAttribute("data-composition-file", source);
    if (!root) { host.replaceChildren(document.importNode(content, true)); return; }
    host.replaceChildren(prepareBox(root));
  };

  let mounted = 0;
  const mountFile = host => {
    const source = host.getAttribute("data-composition-src").trim();
    host.removeAttribute("data-composition-src"); // looked at once, whatever becomes of it
    if (source === "") return;
    const chain = chainOf(host);
    if (chain.includes(source) || ++mounted > MOST) {
      refuse(chain.includes(source) ? `the composition ${source} contains itself` : `the page has more than ${MOST} compositions`);
      return;
    }
    const file = new URL(source, document.baseURI).href;
    const text = read(file);
    const page = new DOMParser().parseFromString(text ?? "", "text/html");
    const template = page.querySelector("template");
    const content = template ? template.content : document.createRange().createContextualFragment("");
    if (!template) content.append(...page.body.childNodes);
    if (content.childNodes.length === 0) {
      refuse(`the page's composition ${source} ${text === null ? "cannot be read" : "is empty"}`);
      return;
    }
    mount(host, source, content, page.head, page.documentElement, template !== null, file);
  };
  /** Whether the parser is past the end of an element: what it finds in a host is no part of the composition. */
  const isParsed = element => {
    for (let node = element; node; node = node.parentNode) if (node.nextSibling) return true;
    return document.readyState !== "loading";
  };
  const mountFiles = () => {
    for (let host; (host = [...document.querySelectorAll("[data-composition-src]")].find(isParsed));) mountFile(host);
  };
  const mountTemplates = () => {
    const isAlone = !document.querySelector("[data-composition-id]");
    const first = isAlone ? document.querySelector("template") : null;
    const root = first?.content.querySelector("[data-composition-id]");
    if (root) { // the file of a composition, opened by itself
      const host = document.createElement("div");
      for (const { name, value } of root.attributes) if (name.startsWith("data-")) host.setAttribute(name, value);
      document.body.append(host);
      document.body.style.margin = "0"; // the composition is the picture
      begin();
      mount(host, "", first.content, null, document.documentElement, true, null);
    }
    for (const host of document.querySelectorAll("[data-composition-id]")) {
      const template =
        host.children.length === 0 && document.querySelector(`template#${CSS.escape(`${host.dataset.compositionId}-template`)}`);
      if (template) mount(host, `#${template.id}`, template.content.cloneNode(true), null, null, true, null);
    }
  };

  const pixels = text => parseFloat(text) > 0 ? `${parseFloat(text)}px` : "";
  const NO_BOX = ["script", "style", "link", "meta"];
  /** The root is a box of its declared size; elements with data-start that stand in it directly are layers, out of each other's layout. */
  const layOut = root => {
    const { width, height } = root.dataset;
    root.style.width = pixels(width) || root.style.width;
    root.style.height = pixels(height) || root.style.height;
    root.style.overflow = "hidden";
    root.style.position ||= "relative";
    for (const element of root.querySelectorAll(":scope > [data-start]")) {
      if (!(element instanceof HTMLElement) || NO_BOX.includes(element.localName)) continue;
      const computed = getComputedStyle(element);
      if (!["absolute", "fixed"].includes(computed.position)) element.style.position = "absolute";
      if (element.localName === "audio") continue;
      for (const name of ["width", "height"]) {
        const size = computed[name];
        if (element.style[name] || !["0px", "auto"].includes(size)) continue;
        element.style[name] = pixels(element.dataset[name]) || (size === "0px" ? "100%" : "");
      }
    }
  };

  let hasBegun = false;
  /** What a page of HyperFrames finds there before its scripts. */
  const begin = () => {
    if (hasBegun) return;
    hasBegun = true;
    window.__timelines ??= {};
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { text-rendering: geometricPrecision }"); // as its renderer lays out text
    document.adoptedStyleSheets.push(sheet);
    setProperties(document.documentElement, getVariables());
  };
  const look = () => {
    if (document.querySelector("[data-composition-id]")) begin();
    mountFiles();
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { subtree: true, childList: true });
  listen.call(document, "readystatechange", async () => {
    if (document.readyState !== "interactive") return;
    observer.disconnect();
    const key = {};
    work.set(key, "compositions of the page");
    try {
      look();
      mountTemplates();
      do { await runScripts(); mountFiles(); } while (scripts.length > 0);
      if (hasBegun) bind();
      const root = document.querySelector("[data-composition-id]");
      if (root instanceof HTMLElement) layOut(root);
      if (document.querySelector("[data-composition-id][data-requires-webgpu]") && !await navigator.gpu?.requestAdapter())
        refuse("the page needs WebGPU (data-requires-webgpu), which the browser does not have here");
    } finally {
      work.delete(key);
    }
  });
