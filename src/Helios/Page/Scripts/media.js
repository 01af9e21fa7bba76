// Notes what the page plays by script, for the merge to mix, and keeps media where they would be by the page's clock: runs
// after the prelude, in every frame. Nothing is taken from the media themselves, whose clock is not ours; what counts are
// the calls and the page's own time.
(() => {
  "use strict";
  const { setTimeout } = window; // the page may put another in its place
  let root = window;
  try { if (window.top.document) root = window.top; } catch { /* a frame of another site, or a sandboxed one: nobody reads its list */ }
  const isAlone = root !== window.top;
  const log = root.__helios_media ?? { clips: [], seen: new Map(), kept: new Set() };
  if (!root.__helios_media) Object.defineProperty(root, "__helios_media", { value: log });

  const SAME = 0.002; // s
  const UPDATE_INTERVAL = 0.2499; // s; between two times that an element tells
  const SEEK_MARGIN = 0.0008; // s; a time on the border of two video frames would show the earlier one
  const { born, now: pageNow, timeline, listen, followLoads, hold, refuse, shorten } = window.__helios_facts;
  const now = () => (born + pageNow()) / 1000;
  const refuseAlone = ({ currentSrc, src }) => refuse(
    `the page plays ${shorten(currentSrc || src)} in a frame of another site, or a sandboxed one, where media do not follow the page's ` +
      `clock: play it in the page itself`,
  );
  if (isAlone) listen.call(window, "play", ({ target }) => refuseAlone(target), true);
  const playing = new WeakMap();
  const isDriven = element => root.__helios_driver?.isOnTimeline(element) ?? false;
  /** Media play in threads that cannot be held, so they do not play: they are kept at their time, frame by frame. */
  const isKept = element => !element.srcObject && !isDriven(element);
  const isAudio = element => element instanceof HTMLAudioElement;
  /** Whether the browser itself shows where an element is: only then it is sought there. */
  const isShown = element => !isAudio(element) || element.controls || element.textTracks.length > 0;
  const say = (element, ...names) => setTimeout(() => { for (const name of names) element.dispatchEvent(new Event(name)); });

  /**
   * @param offset where in the medium the page is, s
   * @param heard  where in it the sound is: other than the page's clock, the timeline stands still between the load and frame 0
   */
  const begin = (element, offset, heard = offset) => {
    const clip = {
      element,
      source: "",
      played: now(),
      from: offset,
      start: timeline(),
      end: 0,
      offset: heard,
      rate: element.playbackRate,
      loop: element.loop,
      volume: element.muted ? 0 : element.volume,
      fadeIn: 0,
      fadeOut: 0,
    };
    if (isAlone) refuseAlone(element);
    playing.set(element, clip);
    updates.set(element, now());
    log.clips.push(clip);
    if (isKept(element)) log.kept.add(element);
  };
  /** Stops to follow an element; its clip, which has no end yet: it goes on until the medium's own. */
  const release = element => {
    const clip = playing.get(element);
    playing.delete(element);
    log.kept.delete(element);
    if (clip) clip.source = element.currentSrc || element.src;
    return clip;
  };
  const end = element => {
    const clip = release(element);
    if (!clip) return;
    clip.end = timeline();
    clip.stopped = now();
    if (clip.end <= clip.start) log.clips.splice(log.clips.indexOf(clip), 1);
  };
  /** What changes while it plays is a new clip from there on. */
  const change = (element, action, offset) => {
    const clip = playing.get(element);
    if (!clip) { action(); return; }
    const reached = clip.from + (now() - clip.played) * clip.rate;
    const heard = clip.offset + Math.max(0, timeline() - clip.start) * clip.rate;
    action();
    if (Math.abs((offset ?? Infinity) - reached) < SAME) return; // sought to where it is, as the driver does to have a picture
    end(element);
    begin(element, offset ?? reached, offset ?? heard);
  };

  const watched = new WeakSet();
  const watch = element => {
    if (watched.has(element)) return;
    watched.add(element);
    listen.call(element, "pause", () => { if (!element.ended && !log.kept.has(element)) end(element); }); // one that was removed, too
    listen.call(element, "emptied", () => end(element));
  };

  const media = HTMLMediaElement.prototype;
  const { play, pause } = media;
  const position = Object.getOwnPropertyDescriptor(media, "currentTime");
  const clipOf = element =>
    log.kept.has(element) ? playing.get(element) : isAudio(element) && isDriven(element) ? place(element, true) : null;
  const timeOf = element => {
    const clip = clipOf(element);
    if (!clip) return position.get.call(element);
    const isPlayed = "played" in clip; // else it is kept at the timeline's time
    const time = Math.max(
      0,
      isPlayed ? (now() - clip.played) * clip.rate + clip.from : (timeline() - clip.start) * clip.rate + clip.offset,
    );
    if (!(element.duration > 0)) return time;
    return clip.loop ? time % element.duration : Math.min(time, element.duration);
  };
  /** One that a script played before it came to the timeline, which takes it from now on. */
  log.yield = element => {
    const clip = release(element);
    if (clip) log.clips.splice(log.clips.indexOf(clip), 1);
  };
  /** Takes an element to a time, s. */
  log.seek = (element, time) => {
    position.set.call(element, Math.min(time + (isAudio(element) ? 0 : SEEK_MARGIN), element.duration || 0));
    if (element.seeking) hold(element);
  };
  const updates = new WeakMap(); // when an audio element last told its time, s on the page's clock
  /** Tells the time of an audio element as often as the browser does. */
  const update = element => {
    const time = now();
    if (time - updates.get(element) < UPDATE_INTERVAL) return;
    updates.set(element, time);
    say(element, "timeupdate");
  };
  /** Takes an element that plays by script to where it is by now. */
  log.keep = element => {
    const time = timeOf(element);
    const isAtEnd = time >= element.duration && !element.loop;
    if (isShown(element) || isAtEnd) log.seek(element, time);
    else update(element);
    if (!isAtEnd) return;
    release(element);
    say(element, "pause", "ended");
  };
  const placed = new WeakSet(); // audio elements of the timeline that have begun
  const finished = new WeakSet();
  /** The same of an audio element of the timeline. */
  log.keepPlaced = element => {
    if (!paused.get.call(element)) { // begun by its attribute autoplay; to the page it goes on
      listen.call(element, "pause", event => event.stopImmediatePropagation(), { capture: true, once: true });
      pause.call(element);
    }
    const { start, end, loop } = place(element, true);
    const time = timeOf(element);
    if (isShown(element)) log.seek(element, time);
    if (timeline() < start || finished.has(element)) return;
    if (!placed.has(element)) {
      placed.add(element);
      updates.set(element, now());
    } else if (!isShown(element)) update(element);
    const isAtEnd = time >= element.duration && !loop;
    if (!isAtEnd && (end === 0 || timeline() < end)) return;
    finished.add(element);
    say(element, "timeupdate", "pause", ...isAtEnd ? ["ended"] : []);
  };
  Object.defineProperty(media, "play", { writable: true, configurable: true, value: function () {
    if (!this?.localName) return play.call(this); // no element: a promise that is rejected
    followLoads(this);
    if (this.error) return play.call(this); // a promise that is rejected
    if (this.preload === "none") this.preload = "auto";
    const offset = this.ended || this.currentTime < SAME ? 0 : this.currentTime; // the driver moves videos a little to have a picture
    if (isKept(this)) {
      if (playing.has(this)) return Promise.resolve();
      watch(this);
      begin(this, offset);
      if (this.isConnected) removals.observe(document, { subtree: true, childList: true });
      say(this, "play", "playing");
      return Promise.resolve();
    }
    if (isAudio(this) && !this.srcObject) return Promise.resolve(); // on the timeline, where it goes on by itself
    const promise = play.call(this);
    if (playing.has(this) && this.ended) playing.delete(this);
    if (!playing.has(this) && !this.paused && !isDriven(this)) { watch(this); begin(this, offset); }
    return promise;
  } });
  Object.defineProperty(media, "pause", { writable: true, configurable: true, value: function () {
    if (log.kept.has(this)) {
      log.seek(this, timeOf(this));
      end(this);
      say(this, "pause");
    } else if (!this.ended) end(this);
    return pause.call(this);
  } });
  // One that is taken out of the document stops.
  const removals = new MutationObserver(records => {
    for (const element of log.kept)
      if (!element.isConnected && records.some(({ removedNodes }) => [...removedNodes].some(node => node.contains(element))))
        element.pause();
  });
  // Its images come by another thread, and before the first has come the page's load event waits for it.
  const stream = Object.getOwnPropertyDescriptor(media, "srcObject");
  Object.defineProperty(media, "srcObject", {
    ...stream,
    set(value) {
      if (value instanceof MediaStream)
        refuse("the page plays a MediaStream, which goes by the machine's clock: show the canvas or the file that it comes from");
      else stream.set.call(this, value);
    },
  });
  const paused = Object.getOwnPropertyDescriptor(media, "paused");
  Object.defineProperty(media, "paused", {
    ...paused,
    get() {
      return paused.get.call(this) && !log.kept.has(this) && !(placed.has(this) && !finished.has(this));
    },
  });
  // One on the timeline has one volume and one speed in the whole video: a change in a frame would be known to some chunks and not to
  // others.
  const isSilent = element => element.muted || element.volume === 0;
  const refuseChange = (element, name, action) => {
    if (!@HEARD@ || name === "currentTime" || timeline() <= 0 || !isDriven(element)) { action(); return; }
    const before = [element[name], isSilent(element)];
    action();
    if (element[name] === before[0] || (before[1] && isSilent(element))) return;
    const source = element.currentSrc || element.src;
    refuse(
      `the page sets ${name} of ${shorten(source)} while it is on the timeline: ` +
        `play it by a script, whose changes are followed, or give the file with --audio`,
    );
  };
  for (const name of ["volume", "muted", "playbackRate", "loop", "currentTime"]) {
    const real = Object.getOwnPropertyDescriptor(media, name);
    Object.defineProperty(media, name, { ...real, set(value) {
      refuseChange(this, name, () => change(this, () => real.set.call(this, value), name === "currentTime" ? Number(value) : undefined));
      if (this.seeking) { followLoads(this); hold(this); }
    } });
  }

  Object.defineProperty(media, "currentTime", { ...Object.getOwnPropertyDescriptor(media, "currentTime"), get() { return timeOf(this); } });

  const number = (text, otherwise) => Number.isFinite(parseFloat(text)) ? parseFloat(text) : otherwise;
  /** Speed of an element that is kept at the timeline's time: what a script has set, else what its attributes say. */
  log.rateOf = element => (element.playbackRate ?? 1) !== 1 ? element.playbackRate
    : number(element.dataset.playbackRate ?? element.getAttribute("playbackRate"), element.defaultPlaybackRate || 1);

  // Times of HyperFrames' attributes. A start is a number of seconds in the composition that the element stands in, or the end of another
  // element, as "id", "id + seconds" or "id - seconds".
  const find = (id, page) => page.getElementById(id) ?? page.querySelector(`[data-composition-id=${JSON.stringify(id)}]`);
  const reference = (text, page) => {
    const whole = find(text, page);
    if (whole) return [whole, 0];
    const [, id, sign, seconds] = /^([\w.:-]+?)\s*([+-])\s*(\d*\.?\d+)$/.exec(text) ?? [];
    return [id ? find(id, page) : null, Number(`${sign}${seconds}`)];
  };
  const asking = new Set(); // elements whose start is being found: one that refers to itself begins at 0
  /** Where on the timeline an element begins, s. */
  log.startOf = element => {
    if (!element || asking.has(element)) return 0;
    const text = element.dataset.start?.trim() ?? "";
    asking.add(element);
    try {
      const seconds = parseFloat(text);
      const [other, offset] = text === "" || Number.isFinite(Number(text)) ? [] : reference(text, element.ownerDocument);
      if (other) return Math.max(0, log.startOf(other) + (log.lengthOf(other) ?? 0) + offset);
      return Math.max(0, number(seconds, 0) + log.startOf(element.parentElement?.closest("[data-composition-id]")));
    } finally {
      asking.delete(element);
    }
  };
  log.durationOf = timeline => {
    const length = timeline?.totalDuration ?? timeline?.duration;
    return typeof length === "function" ? length.call(timeline) : length;
  };
  /** Where in its source or its own timeline an element begins, s. */
  log.offsetOf = ({ dataset }) => Math.max(0, number(dataset.playbackStart ?? dataset.mediaStart, 0));
  /** How long an element is on the timeline, s; null when it has no end. */
  log.lengthOf = element => {
    const { duration, end, compositionId } = element.dataset;
    const isMedium = ["audio", "video"].includes(element.localName) && element.duration > 0;
    const { __timelines } = element.ownerDocument.defaultView ?? {};
    const lengths = [
      number(duration, 0),
      number(end, 0) - (end ? log.startOf(element) : 0),
      isMedium && !element.loop ? (element.duration - log.offsetOf(element)) / log.rateOf(element) : 0,
      compositionId ? log.durationOf(__timelines?.[compositionId]) : 0,
    ];
    return lengths.find(length => length > 0) ?? null;
  };
  /** A clip of an element that is kept at the timeline's time; null when it is silent and that matters. */
  const place = (element, isSilentToo) => {
    const data = element.dataset;
    if (!isSilentToo && (element.muted || "heliosNoAudio" in data || element.closest("[data-hidden]"))) return null;
    const start = number(data.heliosOffset, log.startOf(element));
    const length = number(data.duration, 0);
    return {
      source: element.currentSrc || element.src,
      start,
      end: length > 0 ? start + length : 0,
      offset: number(data.heliosSeek, log.offsetOf(element)),
      rate: log.rateOf(element),
      loop: element.loop,
      volume: number(data.volume, element.volume),
      fadeIn: number(data.heliosFadeIn, 0),
      fadeOut: number(data.heliosFadeOut, 0),
    };
  };

  // Outside the document no listener reaches them. They are known from their beginning: as soon as they have a source they load, and with
  // their attribute autoplay they would play by themselves.
  const strays = new WeakSet();
  const changes = new MutationObserver(records => {
    for (const { target } of records) if (!target.isConnected) follow(target.closest("audio, video"));
  });
  const follow = element => {
    if (!element) return;
    if (!strays.has(element)) changes.observe(element, { subtree: true, childList: true, attributeFilter: ["src", "autoplay"] });
    strays.add(element);
    if (!element.hasAttribute("src") && !element.querySelector("source")) return;
    followLoads(element);
    // as those of the document: one that waits for more has no events of seeking
    if (element.preload === "metadata") element.preload = "auto";
    if (element.networkState !== HTMLMediaElement.NETWORK_IDLE && element.readyState < HTMLMediaElement.HAVE_FUTURE_DATA) hold(element);
    if (!element.autoplay || playing.has(element) || element.isConnected) return;
    pause.call(element); // takes back that it would
    element.play().catch(() => {});
  };
  const followAll = node => {
    if (node instanceof HTMLMediaElement) follow(node);
    else node?.querySelectorAll?.("audio, video").forEach(follow);
  };
  const after = (target, names, act) => {
    for (const name of names) {
      const member = target && Object.getOwnPropertyDescriptor(target, name);
      const key = member?.set ? "set" : "value";
      const real = member?.[key];
      if (typeof real !== "function") continue;
      Object.defineProperty(target, name, { ...member, [key]: { [name](...values) {
        const result = real.apply(this, values);
        act(result, this, values);
        return result;
      } }[name] });
    }
  };
  after(Document.prototype, ["createElement", "createElementNS"], node => { if (node instanceof HTMLMediaElement) follow(node); });
  after(Document.prototype, ["importNode", "adoptNode"], followAll);
  after(Node.prototype, ["cloneNode"], followAll);
  const written = (result, target, values) => { if (!target.isConnected && /<(audio|video)/i.test(values)) followAll(target); };
  for (const owner of [Element, ShadowRoot]) after(owner.prototype, ["innerHTML", "setHTMLUnsafe", "insertAdjacentHTML"], written);
  after(Range.prototype, ["createContextualFragment"], followAll);
  window.Audio = new Proxy(Audio, {
    construct(target, values, self) {
      const element = Reflect.construct(target, values, self === window.Audio ? target : self);
      follow(element);
      return element;
    },
  });

  /** Remembers the elements that are on the timeline now: later they may be gone. */
  log.look = driver => driver.eachRoot(root, document => {
    for (const element of document.querySelectorAll("audio, video")) {
      const clip = driver.isOnTimeline(element) ? place(element) : null;
      if (clip) log.seen.set(element, clip);
    }
  });

  /** The source of a clip that a script began or stopped after a time on the page's clock, s; empty when there is none. */
  log.playedSince = time => log.clips.filter(({ played, stopped = 0, volume }) => volume > 0 && Math.max(played, stopped) > time)
    .map(clip => clip.source || clip.element.currentSrc || clip.element.src).find(Boolean) ?? "";

  const round = value => Number(value.toFixed(6));
  /** Everything so far, as JSON. */
  log.report = () =>
    JSON.stringify(
      [...log.seen.values(), ...log.clips]
        .map(clip => ({
          source: clip.source || clip.element?.currentSrc || clip.element?.src || "",
          start: round(clip.start),
          end: round(clip.end),
          offset: round(clip.offset),
          rate: round(clip.rate),
          loop: clip.loop,
          volume: round(Math.min(1, clip.volume)),
          fadeIn: round(clip.fadeIn),
          fadeOut: round(clip.fadeOut),
        }))
        .filter(clip => clip.source && clip.volume > 0),
    );
})();
