// Begins the function of the driver, which the other files of this directory up to driver.js follow: what helios asks of a page, installed
// in the main frame before the page's scripts and called between frames.
  // hosted: the composition is not the main frame but the one in it (host.html), which must not show
  if (@HOSTED@) {
    if (window === window.top || window.parent !== window.top) return;
    Object.defineProperty(window, "parent", { value: window, writable: true, configurable: true });
    Object.defineProperty(window, "frameElement", { value: null, configurable: true });
  } else if (window !== window.top) return;

  const { work, workers, state, hasSource, isHungry, isStarved } = window.__helios_facts;

  /**
   * Calls visit with every document and shadow root that can be reached, in frames of the same site too, and miss for each frame of
   * another. Frames are found by their elements: a page may put something else in the place of window.frames.
   */
  const eachRoot = (win, visit, miss = () => {}) => {
    let document;
    try { document = win.document; } catch { miss(); return; }
    if (!document) return;
    const seen = new Set();
    const inner = [];
    const walk = root => {
      if (seen.has(root)) return;
      seen.add(root);
      visit(root, win);
      for (const element of root.querySelectorAll("*")) {
        if (element.shadowRoot) walk(element.shadowRoot);
        if ((element.localName === "iframe" || element.localName === "frame") && element.contentWindow) inner.push(element.contentWindow);
      }
    };
    walk(document);
    for (const root of win.__helios_facts?.roots ?? []) walk(root);
    for (const other of inner) eachRoot(other, visit, miss);
  };
  /** The element around one, from a shadow root its host; undefined around the document's. */
  const parentOf = element => element.parentElement ?? element.getRootNode().host;
  const number = (text, otherwise) => Number.isFinite(parseFloat(text)) ? parseFloat(text) : otherwise;
  const valueOf = member => typeof member === "object" && member !== null && "value" in member ? member.value : member;
