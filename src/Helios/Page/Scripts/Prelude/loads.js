// Follows callbacks.js in its function, in every frame of a page: media that load or are sought, inside the document or not. Their demuxers
// and decoders are threads that nobody can hold, so a frame waits for their events.
  const MAX_LOOKS = 100; // at one whose picture or sound is there but whose event does not come
  const loads = family ? family.loads : new Map(); // media elements, and how often they were looked at
  const MAX_HOLDS = 100; // of one element at one time
  const holds = new WeakMap(); // media elements, when a frame was held for them last, and how often at that time
  // The page decides when media of MediaSource objects get data. It is waited for when it has given some.
  const feeds = family ? family.feeds : new Map(); // MediaSource objects by their URLs
  const createUrl = URL.createObjectURL;
  define(URL, "createObjectURL", function createObjectURL(object) {
    const url = createUrl.call(this, object);
    if (globalThis.MediaSource && object instanceof MediaSource) feeds.set(url, object);
    return url;
  });
  const feedOf = media => feeds.get(media.currentSrc || media.src);
  const isFed = media => Boolean(media.srcObject) || feeds.has(media.currentSrc || media.src);
  const awaitOpen = media => {
    const source = feedOf(media);
    if (source?.readyState !== "closed" || media.preload === "none" || ownWork.has(source)) return;
    ownWork.set(source, `MediaSource of ${media.src}`);
    listen.call(source, "sourceopen", () => ownWork.delete(source), { once: true });
    listen.call(media, "emptied", () => ownWork.delete(source), { once: true });
  };
  const MOST_STARVED = 100; // looks; with the pauses between them, about two seconds
  const AHEAD = 1; // s; a decoder wants more than the one picture that is shown
  const starved = new WeakMap(); // media elements, and how often they were found so at a time of theirs
  const isCovered = ({ buffered, currentTime: time }) => {
    for (let i = 0; i < buffered.length; i++) if (buffered.start(i) <= time && time + AHEAD <= buffered.end(i)) return true;
    return false;
  };
  /** Whether the data of a media element's time are still to be appended. */
  const isHungry = media => feedOf(media)?.readyState === "open" && !isCovered(media);
  /** Whether a media element has got nothing yet; refuses the page if it is to show a time for which it has got too little. */
  const isStarved = media => {
    const source = feedOf(media);
    if (source?.readyState !== "open") return false;
    const time = media.currentTime;
    if (media.readyState === 0 && !(source.duration > 0)) return true;
    if (isCovered(media)) return false;
    const looks = starved.get(media)?.time === time ? starved.get(media).looks + 1 : 0;
    starved.set(media, { time, looks });
    if (looks > MOST_STARVED)
      refuse(
        `the page's MediaSource has too little data to show its video at ${time.toFixed(2)} s: append more before that, or play a file`,
      );
    return false;
  };

  const hold = media => {
    if (isFed(media)) { awaitOpen(media); return; }
    const last = holds.get(media);
    holds.set(media, { time: now(), count: last?.time === now() ? last.count + 1 : 1 });
    if (loads.has(media)) return;
    loads.set(media, 0);
    ownWork.set(media, `media ${media.currentSrc || media.src}`);
  };
  const unhold = media => {
    loads.delete(media);
    ownWork.delete(media);
  };
  /** Gives up those whose event does not come; called while a frame waits. */
  const giveUpLoads = () => {
    for (const [media, looks] of loads) {
      const isOver = media.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA || !hasSource(media);
      if (isOver && looks >= MAX_LOOKS) unhold(media);
      else if (isOver) loads.set(media, looks + 1);
    }
  };
  const hasSource = ({ networkState }) =>
    networkState !== HTMLMediaElement.NETWORK_EMPTY && networkState !== HTMLMediaElement.NETWORK_NO_SOURCE;

  // Whether media can be played through is guessed from the speed of the net: they can, as soon as they can be played.
  const postMediaTask = scheduler.postTask.bind(scheduler);
  const ownEvents = new WeakSet();
  const onCanPlay = ({ currentTarget: media }) => {
    if (holds.get(media)?.count > MAX_HOLDS) {
      refuse(`the page loads or seeks ${shorten(media.currentSrc || media.src)} again whenever that has ended (canplaythrough, seeked)`);
      unhold(media);
      return;
    }
    postMediaTask(() => {
      const event = new Event("canplaythrough");
      ownEvents.add(event);
      media.dispatchEvent(event);
      if (!media.seeking) unhold(media);
    }, { priority: "user-visible" });
  };
  const { HAVE_FUTURE_DATA, HAVE_ENOUGH_DATA, NETWORK_LOADING } = HTMLMediaElement;
  replaceGetter(HTMLMediaElement.prototype, "readyState", state => state === HAVE_FUTURE_DATA ? HAVE_ENOUGH_DATA : state);
  const followed = new WeakSet();
  /** Holds frames whenever a media element loads, from now on. */
  const followLoads = media => {
    if (followed.has(media)) return;
    followed.add(media);
    const on = (type, act) => listen.call(media, type, act, true);
    on("loadstart", () => hold(media));
    on("canplay", onCanPlay);
    on("canplaythrough", event => { if (!ownEvents.has(event) && !isFed(media)) event.stopImmediatePropagation(); });
    on("suspend", () => { if (media.preload === "none") unhold(media); });
    on("seeked", () => { if (media.readyState >= HAVE_FUTURE_DATA || media.ended) unhold(media); });
    for (const type of ["error", "emptied"]) on(type, () => unhold(media));
    if (media.networkState === NETWORK_LOADING && media.readyState < HAVE_FUTURE_DATA) hold(media);
  };
  const realSource = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, "src");
  Object.defineProperty(HTMLMediaElement.prototype, "src", { ...realSource, set(value) {
    realSource.set.call(this, value); // throws for what is no element
    followLoads(this);
    if (this.getAttribute("src")) hold(this);
  } });
  const realPreload = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, "preload");
  Object.defineProperty(HTMLMediaElement.prototype, "preload", { ...realPreload, set(value) {
    const isDeferred = this.networkState === HTMLMediaElement.NETWORK_IDLE && this.readyState === 0;
    realPreload.set.call(this, value);
    followLoads(this);
    if (isDeferred && this.preload !== "none") hold(this);
  } });
  const realLoad = HTMLMediaElement.prototype.load;
  define(HTMLMediaElement.prototype, "load", function () {
    realLoad.call(this);
    followLoads(this);
  });
  const onLoadStart = ({ target }) => {
    if (!(target instanceof HTMLMediaElement) || followed.has(target)) return;
    followLoads(target);
    hold(target);
  };

  // A step in the page's history is taken by the browser's process, which tells the page when it has been.
  for (const [name, stepOf] of [["back", () => -1], ["forward", () => 1], ["go", step => Number(step) || 0]]) {
    const real = History.prototype[name];
    define(History.prototype, name, { [name](...values) {
      const entry = globalThis.navigation?.entries()[navigation.currentEntry?.index + stepOf(...values)];
      real.apply(this, values);
      if (!entry?.sameDocument || entry === navigation.currentEntry) return;
      const step = {};
      const end = () => ownWork.delete(step);
      ownWork.set(step, `history.${name}`);
      listen.call(window, "popstate", end, { once: true });
      listen.call(navigation, "navigateerror", end, { once: true });
    } }[name]);
  }
