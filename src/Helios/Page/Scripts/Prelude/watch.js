// Follows callbacks.js in its function, in every frame of a page: what a frame waits for, what the driver must look at again, and what
// cannot be decoded.
  // A frame waits for what other threads do for the page: otherwise it would show the result or not by chance.
  const work = family ? family.work : new Map();
  const ours = new Set(); // keys of this window, which may be removed before an answer comes
  const ownWork = {
    has: key => ours.has(key) && work.has(key),
    set: (key, name) => { ours.add(key); work.set(key, name); },
    delete: key => { ours.delete(key); return work.delete(key); },
  };
  const locks = family ? family.locks : new Map();
  const watchDecoded = trackAll(ownWork, () => {}, now, refuse, locks);
  listen.call(globalThis, "pagehide", () => { for (const key of ours) work.delete(key); });
  replaceToBlob(scheduler.postTask.bind(scheduler));

  const blocked = JSON.parse(@BLOCKED@).map(
    pattern =>
      new RegExp(
        `^${pattern
          .split("*")
          .map(part => part.replace(/[^\w]/g, "\\$&"))
          .join(".*")}$`,
        "i",
      ),
  );
  const isBlocked = url => blocked.some(pattern => pattern.test(url));
  const observer = new MutationObserver(records => {
    if (records.some(({ type, addedNodes }) => type === "attributes" || [...addedNodes].some(node => node instanceof Element)))
      state.changes++;
  });
  const observe = root => {
    observer.observe(root, { subtree: true, childList: true, attributeFilter: ["src", "srcset", "autoplay"] });
    listen.call(root, "animationstart", onStart, true);
    listen.call(root, "loadstart", onLoadStart, true);
    listen.call(root, "scroll", () => { state.hasScrolled = true; }, true); // does not leave a shadow tree
  };
  observe(document);
  globalThis.addEventListener("error", ({ target }) => {
    const image = target instanceof HTMLImageElement ? target.currentSrc || target.src : null;
    if (image !== null && !isBlocked(image)) refuse(`the page shows ${shorten(image)} (Image), which cannot be decoded`);
    const media = target instanceof HTMLSourceElement ? target.parentElement : target;
    if (!(media instanceof HTMLMediaElement) || (media !== target && target !== [...media.querySelectorAll("source")].at(-1))) return;
    const source = media.currentSrc || media.src || target.src;
    if (!isBlocked(source)) refuse(`the page plays ${shorten(source)} (Media), which this browser cannot decode`);
  }, true);
  // A face that names installed fonts only, none of which is here, is missing (fonts.js).
  const isOfFiles = face => {
    const rules = [...document.styleSheets].flatMap(sheet => { try { return [...sheet.cssRules]; } catch { return []; } });
    const own = rules.filter(rule => rule instanceof CSSFontFaceRule && rule.style.getPropertyValue("font-family") === face.family);
    return own.length === 0 || own.some(rule => rule.style.getPropertyValue("src").includes("url("));
  };
  document.fonts?.addEventListener("loadingerror", ({ fontfaces }) => {
    const broken = fontfaces.find(isOfFiles);
    if (broken && blocked.length === 0) refuse(`the page's font ${shorten(broken.family)} cannot be decoded`);
  });
