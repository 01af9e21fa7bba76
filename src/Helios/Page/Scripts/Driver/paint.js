// What capture by paint does not show rightly: follows driver.js, whose object it extends.
(() => {
  "use strict";
  const driver = window.__helios_driver;
  if (!driver) return;

  if (@HOSTED@) {
    // Chromium 156 dies of these inside a canvas element
    const refuse = (prototype, name, what) => {
      if (!prototype?.[name]) return;
      prototype[name] = () => {
        window.__helios_facts.refuse(`#the page opens ${what}, which cannot be captured by paint`);
        throw new Error(`${what} cannot be captured by paint: plan the job with --capture screenshot`);
      };
    };
    refuse(HTMLElement.prototype, "showPopover", "a popover");
    refuse(HTMLElement.prototype, "togglePopover", "a popover");
    refuse(HTMLDialogElement.prototype, "showModal", "a modal dialog");
    refuse(Element.prototype, "requestFullscreen", "a full screen");
    refuse(Document.prototype, "startViewTransition", "a view transition");
  }

  // Paint is a list of drawing commands: nothing sorts planes by their depth, or looks at which side of them is seen; and the compositor
  // blurs only what is inside a backdrop, paint also what is next to it.
  const strange = [
    { what: "preserve-3d or hidden back faces", inRules: /preserve-3d|backface-visibility:\s*hidden/, inline: '[style*="preserve-3d" i], [style*="backface-visibility: hidden" i]' },
    { what: "a blurred backdrop (backdrop-filter)", inRules: /backdrop-filter:[^;}]*blur\(/, inline: '[style*="backdrop-filter" i][style*="blur(" i]' },
  ];
  const findInRules = root => {
    try {
      const texts = [...root.styleSheets, ...root.adoptedStyleSheets].flatMap(sheet => [...sheet.cssRules].map(rule => rule.cssText));
      return strange.find(style => texts.some(text => style.inRules.test(text)))?.what;
    } catch {
      return undefined; // a sheet of another site, which is not loaded
    }
  };
  const findInline = () => strange.find(style => roots.some(root => root.querySelector(style.inline)))?.what;
  const isImage = ({ type, src, data }) => /^image\//.test(type) || /^data:image\/|^[^?#]*\.(svg|png|jpe?g|gif|webp|avif)([?#]|$)/i.test(src ?? data);
  /** The element around one, from a shadow root its host; undefined around the document's. */
  const parentOf = driver.parentOf = element => element.parentElement ?? element.getRootNode().host;

  const isSame = (side, pixels) => Math.abs(side * @SCALE@ - pixels) < 0.01;

  /** Chromium 156 paints a canvas element unscaled, and at the corner of the page wherever it stands. */
  const isPaintedInPlace = canvas => {
    const box = canvas.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) return true;
    if (canvas.ownerDocument !== document || box.left !== 0 || box.top !== 0 || !isSame(box.width, canvas.width) || !isSame(box.height, canvas.height)) return false;
    for (let element = canvas; element; element = parentOf(element)) {
      const { transform, translate, rotate, scale, paddingLeft, paddingTop, borderLeftWidth, borderTopWidth } = getComputedStyle(element);
      if ([transform, translate, rotate, scale].some(value => value !== "none") || element.scrollLeft !== 0 || element.scrollTop !== 0) return false;
      if (element === canvas && [paddingLeft, paddingTop, borderLeftWidth, borderTopWidth].some(value => value !== "0px")) return false;
    }
    return true;
  };
  let canvases = []; // of the last look at the page
  let roots = []; // documents and shadow roots, likewise
  const notByPaint = reason => reason && `#the page has ${reason}, which cannot be captured by paint`;

  /** "#" and what of the page capture by paint does not show rightly, which another way to capture does; empty when all is well. */
  driver.refusal = () => {
    let reason = "";
    canvases = [];
    roots = [];
    driver.eachRoot(window, (root, win) => {
      roots.push(root);
      canvases.push(...root.querySelectorAll("canvas"));
      reason ||= findInRules(root) ?? "";
      for (const element of root.querySelectorAll("*")) {
        if (reason) return;
        if (element instanceof win.HTMLVideoElement) reason = "a video element";
        else if (element instanceof win.HTMLIFrameElement && !element.contentDocument) reason = "a frame of another site";
        else if (/^(embed|object)$/.test(element.localName) && !isImage(element)) reason = `an <${element.localName}> element`;
        else if (win.getComputedStyle(element).contentVisibility === "auto") reason = "content-visibility: auto";
      }
    });
    return notByPaint(reason);
  };

  driver.hasCanvas = () => canvases.length > 0;

  /** The same of what may come with any frame, by styles alone. */
  driver.frameRefusal = () => {
    if (!canvases.every(isPaintedInPlace)) return notByPaint("a canvas element that is scaled or does not stand at the page's corner");
    return notByPaint(findInline() ?? "");
  };
})();
