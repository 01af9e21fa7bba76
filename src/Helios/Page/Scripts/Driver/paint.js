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
    for (const { prototype } of [Document, Element]) refuse(prototype, "startViewTransition", "a view transition");
  }

  // Paint is a list of drawing commands: nothing sorts planes by their depth, or looks at which side of them is seen; and the compositor
  // blurs only what is inside a backdrop, paint also what is next to it. Rules and attributes tell what may come, by
  // any value of a variable; computed styles, what is there; keyframes, what scripts animate.
  const strange = [
    {
      what: "preserve-3d or hidden back faces",
      isIn: style => style.transformStyle === "preserve-3d" || style.backfaceVisibility === "hidden",
      inRules: /preserve-3d|backface-visibility:\s*hidden|(transform-style|backface-visibility):\s*var\(/,
      inline:
        '[style*="preserve-3d" i], [style*="backface-visibility: hidden" i], [style*="transform-style: var(" i], ' +
        '[style*="backface-visibility: var(" i]',
    },
    {
      what: "a blurred backdrop (backdrop-filter)",
      isIn: style => /blur\(/.test(style.backdropFilter),
      inRules: /backdrop-filter:[^;}]*(blur|var)\(/,
      inline: '[style*="backdrop-filter" i]:is([style*="blur(" i], [style*="var(" i])',
    },
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
  const animated = new WeakSet(); // effects that were looked at
  const findAnimated = () => {
    for (const { effect } of roots.flatMap(root => root.getAnimations())) {
      if (!effect?.getKeyframes || animated.has(effect)) continue;
      animated.add(effect);
      const found = strange.find(style => effect.getKeyframes().some(style.isIn));
      if (found) return found.what;
    }
    return undefined;
  };
  const isImage = ({ type, src, data }) =>
    /^image\//.test(type) || /^data:image\/|^[^?#]*\.(svg|png|jpe?g|gif|webp|avif)([?#]|$)/i.test(src ?? data);
  const { parentOf } = driver;

  const isSame = (side, pixels) => Math.abs(side * @SCALE@ - pixels) < 0.01;

  /** Chromium 156 paints a canvas element unscaled, and at the corner of the page wherever it stands. */
  const isPaintedInPlace = canvas => {
    const box = canvas.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) return true;
    if (
      canvas.ownerDocument !== document ||
      box.left !== 0 ||
      box.top !== 0 ||
      !isSame(box.width, canvas.width) ||
      !isSame(box.height, canvas.height)
    )
      return false;
    for (let element = canvas; element; element = parentOf(element)) {
      const style = getComputedStyle(element);
      if (
        [style.transform, style.translate, style.rotate, style.scale].some(value => value !== "none") ||
        element.scrollLeft !== 0 ||
        element.scrollTop !== 0
      )
        return false;
      if (element !== canvas) continue;
      if (style.objectViewBox !== "none") return false;
      if (["Top", "Right", "Bottom", "Left"].some(side => style[`padding${side}`] !== "0px" || style[`border${side}Width`] !== "0px"))
        return false;
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
        else {
          const style = win.getComputedStyle(element);
          reason = style.contentVisibility === "auto" ? "content-visibility: auto" : strange.find(({ isIn }) => isIn(style))?.what ?? "";
        }
      }
    });
    return notByPaint(reason);
  };

  driver.hasCanvas = () => canvases.length > 0;

  /** The same of what may come with any frame, by styles alone. */
  driver.frameRefusal = () => {
    if (!canvases.every(isPaintedInPlace)) return notByPaint("a canvas element that is scaled or does not stand at the page's corner");
    if (getSelection()?.type === "Range") return notByPaint("a selection"); // in a frame that has no focus, its text is of another colour
    return notByPaint(findInline() ?? findAnimated() ?? "");
  };
})();
