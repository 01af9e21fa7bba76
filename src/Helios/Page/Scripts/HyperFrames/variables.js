// Begins the function in which the other files of compositions follow, in the frame of the composition, after hyperframes.js: variables
// of compositions (docs/hyperframes.md), declared with defaults by the composition, given by its host element or by --props.
  if (!Object.hasOwn(window, "__helios_driver")) return;
  const { refuse, listen, work } = window.__helios_facts;
  const quote = text => `"${String(text).replace(/["\\]/g, "\\$&")}"`;

  const parse = (element, name, isRight, kind) => {
    const text = element?.getAttribute(name);
    if (!text) return null;
    try {
      const value = JSON.parse(text);
      if (isRight(value)) return value;
    } catch { /* said below */ }
    refuse(`the page's ${name} of ${element.id || element.localName} is not ${kind} in JSON`);
    return null;
  };
  const declaredBy = element => {
    const list = parse(element, "data-composition-variables", value => typeof value === "object", "a list") ?? [];
    return Array.isArray(list) ? list : []; // an object declares nothing, in HyperFrames too
  };
  const defaultsOf = element =>
    Object.fromEntries(
      declaredBy(element)
        .filter(entry => typeof entry?.id === "string" && "default" in entry)
        .map(entry => [entry.id, entry.default]),
    );
  const valuesOf = element =>
    parse(element, "data-variable-values", value => value !== null && typeof value === "object" && !Array.isArray(value), "an object") ??
    {};
  const given = () => {
    const values = window.__hfVariables;
    return values !== null && typeof values === "object" && !Array.isArray(values) ? values : {};
  };
  const instances = window.__hfVariablesByComp = {};
  const getVariables = () =>
    Object.assign({}, ...[...document.querySelectorAll("[data-composition-variables]")].map(defaultsOf), given());
  const missing = name => () => { refuse(`the page calls __hyperframes.${name}, which helios does not have`); };
  window.__hyperframes = { getVariables, fitTextFontSize: missing("fitTextFontSize"), pretext: missing("pretext") };

  const isScalar = value => ["string", "number", "boolean"].includes(typeof value);
  const nameOf = id => `--${id.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "node"}`;
  const properties = new WeakMap(); // what was set, by element and name
  /** Whether the page's own styles give a custom property its value, and not what was set here for the element or one around it. */
  const isOfPage = (element, name) => {
    const text = getComputedStyle(element).getPropertyValue(name).trim();
    for (let outer = element; outer && text !== ""; outer = outer.parentElement) {
      const value = properties.get(outer)?.get(name);
      if (value !== undefined) return value.trim() !== text;
    }
    return text !== "";
  };
  /** Sets variables as custom properties; what the page's own styles say of one stays, but for what was given. */
  const setProperties = (element, values) => {
    for (const [id, value] of Object.entries(values)) {
      const text = isScalar(value) ? String(value).replace(/[;{}<>\r\n]/g, "") : typeof value?.name === "string" ? value.name : "";
      if (text === "") continue;
      for (const name of new Set([nameOf(id), `--${id}`]))
        if (id in given() || !isOfPage(element, name)) {
          if (!properties.has(element)) properties.set(element, new Map());
          properties.get(element).set(name, text);
          element.style.setProperty(name, text);
        }
    }
  };
  const variablesFor = element => {
    const id = element.closest("[data-composition-id]")?.getAttribute("data-composition-id");
    return instances[id] ?? getVariables();
  };
  const bind = () => {
    const root = document.querySelector("[data-composition-id]");
    if (root) setProperties(root, variablesFor(root));
    for (const element of document.querySelectorAll("[data-var-src]")) {
      const value = variablesFor(element)[element.getAttribute("data-var-src").trim()];
      const url = typeof value === "string" ? value : value?.url;
      if (url && ["img", "video", "audio", "source"].includes(element.localName)) element.setAttribute("src", url);
    }
    for (const element of document.querySelectorAll("[data-var-text]")) {
      const value = variablesFor(element)[element.getAttribute("data-var-text").trim()];
      if (!isScalar(value)) continue;
      const [first, ...others] = [...element.childNodes].filter(node => node instanceof Text);
      for (const node of others) node.data = "";
      if (first) first.data = String(value);
      else element.prepend(String(value));
    }
  };
