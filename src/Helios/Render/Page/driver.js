// What helios asks of a page: one object in the main frame, installed before the page's scripts and called between
// frames. Everything here answers at once; what takes time is asked for again.
(() => {
  "use strict";
  if (window !== window.top) return;

  /** Calls visit with every document and shadow root that can be reached, in frames of the same site too. */
  const eachRoot = (win, visit) => {
    let document;
    try { document = win.document; } catch { return; }
    if (!document) return;
    const seen = new Set();
    const walk = root => {
      if (seen.has(root)) return;
      seen.add(root);
      visit(root, win);
      for (const element of root.querySelectorAll("*")) if (element.shadowRoot) walk(element.shadowRoot);
    };
    walk(document);
    for (const root of win.__helios_facts?.roots ?? []) walk(root);
    for (let i = 0; i < win.frames.length; i++) eachRoot(win.frames[i], visit);
  };

  const state = { stable: undefined };

  const driver = {
    /** What the page still waits for; empty when it can be shown. */
    ready() {
      let reason = "";
      eachRoot(window, root => {
        if (root.fonts && root.fonts.status !== "loaded") reason ||= "fonts";
        for (const image of root.querySelectorAll("img")) {
          if (image.loading === "lazy") image.loading = "eager";
          if (!image.complete) reason ||= `image ${image.currentSrc || image.src}`;
        }
        for (const media of root.querySelectorAll("video, audio")) {
          if (media.networkState === HTMLMediaElement.NETWORK_LOADING && media.readyState < 2 && !media.error) reason ||= `media ${media.currentSrc}`;
        }
      });
      return reason;
    },

    /** Why every frame before a chunk must be displayed; empty when it need not be. */
    needsDisplay() {
      let reason = "";
      eachRoot(window, (root, win) => {
        reason ||= win.__helios_facts?.needsDisplay ?? "";
        if (reason) return;
        for (const element of root.querySelectorAll("*")) {
          if (win.getComputedStyle(element).willChange !== "auto") { reason = "will-change"; return; }
        }
      });
      return reason;
    },
  };
  Object.defineProperty(window, "__helios_driver", { value: driver });
})();
