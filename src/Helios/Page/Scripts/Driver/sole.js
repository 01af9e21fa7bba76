// Whether one canvas element is all that the page shows, so that its pixels are the page's: follows paint.js, and extends the same object.
(() => {
  "use strict";
  const driver = window.__helios_driver;
  if (!driver) return;
  const { parentOf } = driver;
  const ABOVE = {
    // of the canvas and everything around it: what changes pixels, or shows some of its own
    opacity: "1",
    filter: "none",
    clipPath: "none",
    maskImage: "none",
    mixBlendMode: "normal",
    webkitBoxReflect: "none",
    transform: "none",
    translate: "none",
    rotate: "none",
    scale: "none",
    backgroundImage: "none",
    boxShadow: "none",
    outlineStyle: "none",
    clip: "auto",
    contain: "none",
    contentVisibility: "visible",
    backdropFilter: "none",
    webkitMaskBoxImageSource: "none",
    offsetPath: "none",
    resize: "none",
    columnRuleStyle: "none",
    rowRuleStyle: "none",
    textDecorationLine: "none",
    scrollMarkerGroup: "none",
    backgroundClip: "border-box",
    // those below a canvas of z-index -1 cover it
    borderTopWidth: "0px", borderRightWidth: "0px", borderBottomWidth: "0px", borderLeftWidth: "0px",
    borderTopLeftRadius: "0px", borderTopRightRadius: "0px", borderBottomLeftRadius: "0px", borderBottomRightRadius: "0px",
  };
  const OWN = { // of the canvas alone
    visibility: "visible", objectPosition: "50% 50%", objectViewBox: "none",
    paddingTop: "0px", paddingRight: "0px", paddingBottom: "0px", paddingLeft: "0px",
  };
  const differs = (style, wanted) => Object.keys(wanted).find(name => name in style && style[name] !== wanted[name]);
  const CLEAR = "rgba(0, 0, 0, 0)";
  /** What of a box around the canvas could hide a part of it, or be seen where it does not cover it. */
  const findFault = (element, style, page, isBelow) => {
    // that of the body is the viewport's only where the document's element has none; else it is a box's, and may be of the same colour
    const isSameGround = page.backgroundColor === style.backgroundColor && style.backgroundColor.startsWith("rgb(");
    const isOfViewport = element === document.documentElement
      || (element === document.body && (page.backgroundColor === CLEAR || (isSameGround && !isBelow)));
    if (style.backgroundColor !== CLEAR && (!isOfViewport || !@OPAQUE@)) return `background-color ${style.backgroundColor}`;
    if (element.matches(":modal, :popover-open, :fullscreen")) return "a place in the top layer, which has a backdrop";
    if (element === document.documentElement || (style.overflowX === "visible" && style.overflowY === "visible")) return "";
    if (element === document.body && page.overflow === "visible") return ""; // that of the viewport
    const { left, top } = element.getBoundingClientRect();
    const isAround = left + element.clientLeft <= 0 && top + element.clientTop <= 0
      && left + element.clientLeft + element.clientWidth >= innerWidth && top + element.clientTop + element.clientHeight >= innerHeight;
    return isAround ? "" : `overflow ${style.overflow}`;
  };
  const PARTS = ["::before", "::after", "::marker", ...["up", "down", "left", "right"].map(side => `::scroll-button(${side})`)];
  const hasPart = element => part => {
    const style = getComputedStyle(element, part);
    return style.content !== "none" && style.content !== "normal" && style.display !== "none";
  };
  const hasMarker = ({ display, listStyleType, listStyleImage }) =>
    display.includes("list-item") && (listStyleType !== "none" || listStyleImage !== "none");
  const hasFirstLine = element => {
    const { backgroundColor, backgroundImage } = getComputedStyle(element, "::first-line");
    return backgroundColor !== CLEAR || backgroundImage !== "none";
  };

  /** The canvas element that is all there is to see; or, as a text, what else there is. */
  driver.findSoleCanvas = () => {
    const shown = [];
    let other = document.activeViewTransition ? "a view transition"
      : document.querySelector('meta[name="color-scheme" i][content*="dark" i]') ? "a dark color-scheme" : "";
    driver.eachRoot(window, (root, win) => {
      if (win !== window) other ||= "a frame";
      for (const element of root.querySelectorAll("*")) {
        if (element.getClientRects().length > 0) shown.push(element);
        else if (getComputedStyle(element).display === "contents") other ||= `<${element.localName}> without a box`;
      }
    }, () => { other ||= "a frame"; });
    if (other) return other;
    const canvas = shown.find(element => element instanceof HTMLCanvasElement);
    if (!canvas) return "no canvas element";
    const { left, top, width, height } = canvas.getBoundingClientRect();
    if (
      left !== 0 ||
      top !== 0 ||
      width !== innerWidth ||
      height !== innerHeight ||
      canvas.width !== width * @SCALE@ ||
      canvas.height !== height * @SCALE@
    )
      return "a canvas element of another size or place than the viewport";
    const page = getComputedStyle(document.documentElement);
    const around = new Set();
    let isBelow = false; // its place is behind boxes around it
    for (let element = canvas; element; element = parentOf(element)) {
      around.add(element);
      const style = getComputedStyle(element);
      isBelow ||= Number(style.zIndex) < 0;
      const wrong = differs(style, ABOVE) ?? (element === canvas ? differs(style, OWN) : undefined);
      if (wrong) return `a canvas element with ${wrong} ${style[wrong]}`;
      if (element === canvas) {
        // through a translucent one the browser blends in another order
        if (style.backgroundColor !== CLEAR && !(@OPAQUE@ && style.backgroundColor.startsWith("rgb(")))
          return `a canvas element with background-color ${style.backgroundColor}`;
        continue;
      }
      const fault = findFault(element, style, page, isBelow);
      if (fault) return `a canvas element in <${element.localName}> with ${fault}`;
      if (PARTS.some(hasPart(element)) || hasMarker(style) || element.localName === "details") return "generated content";
      if (hasFirstLine(element)) return "a first line";
      for (const node of [...element.childNodes, ...(element.shadowRoot?.childNodes ?? [])])
        if (node.nodeType === Node.TEXT_NODE && node.data.trim()) return "text";
    }
    const strange = shown.find(element => !around.has(element));
    if (strange) return `<${strange.localName}>`;
    return /dark/.test(page.colorScheme) ? `color-scheme ${page.colorScheme}` : canvas;
  };

  /** "#" and what else the page shows; empty when that is one canvas element alone, the given one where there is one. */
  driver.soleRefusal = expected => {
    const found = driver.findSoleCanvas();
    if (typeof found !== "string" && (expected ?? found) === found) return "";
    const other = typeof found === "string" ? found : "another";
    return `#the page does not show one canvas element alone but ${other}, which cannot be captured by canvas`;
  };
})();
