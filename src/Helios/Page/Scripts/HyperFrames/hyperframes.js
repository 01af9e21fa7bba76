// The page contract of HyperFrames, as far as its player keeps it (docs/hyperframes.md): takes timelines and players of libraries to a
// time, and shows elements with data-start in their part of it. Follows driver.js, in the frame of the composition.
(() => {
  "use strict";
  if (!Object.hasOwn(window, "__helios_driver")) return;
  const { refuse } = window.__helios_facts;
  const media = () => window.top.__helios_media;
  const NOISE = 1e-6; // s; of adding
  const IS_HEARD = @HEARD@; // whether the video has audio

  const rootOf = () => document.querySelector("[data-composition-id]");
  const isPage = () => Boolean(window.__timelines) || rootOf() !== null;

  const timelinesOf = () => Object.entries(window.__timelines ?? {}).filter(([, timeline]) => timeline);
  const lottiesOf = () => new Set([...window.__hfLottie ?? [], ...window.lottie?.getRegisteredAnimations?.() ?? []]);
  const animesOf = () => window.__hfAnime ?? [];
  /** Whether a timeline or a player takes the page to its frames. */
  const isSought = () => timelinesOf().length > 0 || animesOf().length > 0 || lottiesOf().size > 0;

  const begun = new WeakSet();
  const seekTimeline = (timeline, time) => {
    timeline.pause?.();
    if (!begun.has(timeline)) {
      begun.add(timeline);
      // GSAP does not draw what is set at 0 when it is there already
      if (typeof timeline.progress === "function") timeline.progress(0.0001, true);
    }
    const length = media().durationOf(timeline);
    const reached = length > 0 && Number.isFinite(length) ? Math.min(time, length) : time;
    if (timeline.totalTime) timeline.totalTime(reached, false);
    else timeline.seek?.(reached);
  };

  const seekTimelines = seconds => {
    const root = rootOf();
    for (const [id, timeline] of timelinesOf()) {
      const host = document.querySelector(`[data-composition-id="${CSS.escape(id)}"]`);
      if (!host || host === root) seekTimeline(timeline, seconds);
      else seekTimeline(timeline, media().offsetOf(host) + Math.max(0, seconds - media().startOf(host)) * media().rateOf(host));
    }
  };

  const seekPlayers = (seconds, wait) => {
    window.__hfThreeTime = window.__hfTypegpuTime = seconds;
    let isOpen = true;
    const waitUntil = promise => {
      if (!isOpen) throw new Error("waitUntil of hf-seek is called when the event is over");
      wait(promise);
    };
    window.dispatchEvent(new CustomEvent("hf-seek", { detail: { time: seconds, waitUntil } }));
    isOpen = false;
    for (const player of lottiesOf()) {
      if (player.goToAndStop) player.goToAndStop(seconds * 1000, false);
      else if (player.setFrame && player.totalFrames > 0)
        player.setFrame(Math.min(seconds / player.duration, 1) * (player.totalFrames - 1));
      else if (player.seek) player.seek(Math.min(100, (seconds / player.duration) * 100)); // of old versions: percent
    }
    for (const animation of animesOf()) animation.seek?.(seconds * 1000);
  };

  /** Takes animations of CSS that have not begun yet to a time of theirs, s. */
  const placeAnimations = (animations, time) => {
    for (const animation of animations)
      if (animation instanceof CSSAnimation && animation.pending) animation.currentTime = time * 1000;
  };
  let isPlaced = false;
  /** An animation of CSS of an element with data-start begins there. */
  const placeAll = () => {
    if (isPlaced) return;
    isPlaced = true;
    for (const element of document.querySelectorAll("[data-start]")) {
      const start = media().startOf(element);
      if (start > 0) placeAnimations(element.getAnimations(), -start);
    }
  };

  const isWithin = (element, seconds) => {
    const since = seconds + NOISE - media().startOf(element);
    const length = media().lengthOf(element);
    return since >= 0 && (length === null || since < length);
  };
  const inFlow = new WeakMap();
  /** Whether an element takes part in the layout of its neighbours, and so has to leave it when it is hidden. */
  const isLeafInFlow = element => {
    if (!inFlow.has(element)) {
      const isFlowing = ["static", "relative", "sticky"].includes(getComputedStyle(element).position);
      inFlow.set(element, isFlowing && !element.querySelector("[data-start]"));
    }
    return inFlow.get(element);
  };
  const show = seconds => {
    const root = rootOf();
    for (const element of document.querySelectorAll("[data-start]")) {
      if (!(element instanceof HTMLElement) || element === root) continue;
      let isVisible = isWithin(element, seconds);
      for (let outer = element.parentElement; isVisible && outer && outer !== root; outer = outer.parentElement)
        if (outer.hasAttribute("data-start")) isVisible = isWithin(outer, seconds);
      const leaves = isLeafInFlow(element);
      element.style.visibility = isVisible ? "visible" : "hidden";
      if (element.hasAttribute("data-hidden") || (leaves && !isVisible)) element.style.display = "none";
      else if (leaves && element.style.display === "none") {
        element.style.removeProperty("display");
        placeAnimations(element.getAnimations({ subtree: true }), seconds - media().startOf(element)); // they begin anew
      }
    }
  };

  const refuseWhatIsMissing = () => {
    const graded = document.querySelector("[data-color-grading]:not([data-color-grading=''])");
    if (graded) refuse(`the page uses data-color-grading (${graded.id || graded.localName}), which helios does not have`);
    const names = ["data-fx-chain", "data-automation"];
    const mixed = IS_HEARD && document.querySelector([...names.map(name => `[${name}]:not([${name}=''])`), "hf-audio-group"].join());
    if (mixed) {
      const name = names.find(attribute => mixed.hasAttribute(attribute)) ?? mixed.localName;
      refuse(`the page uses ${name} (${mixed.id || mixed.localName}), which helios does not have`);
    }
    const late = document.querySelector("[data-composition-src]");
    if (late)
      refuse(
        `the page adds a composition by script (data-composition-src="${late.getAttribute("data-composition-src")}"), which is not loaded`,
      );
  };

  Object.defineProperty(window, "__helios_hyperframes", { value: {
    isPage, isSought,
    /** Takes the page to a time, s; wait gets the promises that have to be kept before the frame is shown. */
    seek(seconds, wait) {
      refuseWhatIsMissing();
      placeAll();
      seekTimelines(seconds);
      seekPlayers(seconds, wait);
      show(seconds);
    },
  } });
})();
