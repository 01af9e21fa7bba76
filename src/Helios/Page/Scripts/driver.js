// What helios asks of a page: one object in the main frame, installed before the page's scripts and called between
// frames. Everything here answers at once; what takes time is asked for again.
(() => {
  "use strict";
  // hosted: the composition is not the main frame but the one in it (host.html), which must not show
  if (@HOSTED@) {
    if (window === window.top || window.parent !== window.top) return;
    Object.defineProperty(window, "parent", { value: window, writable: true, configurable: true });
    Object.defineProperty(window, "frameElement", { value: null, configurable: true });
  } else if (window !== window.top) return;

  const SEEK_MARGIN = 0.0008; // s; a time on the border of two video frames would show the earlier one

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
  const number = (text, otherwise) => Number.isFinite(parseFloat(text)) ? parseFloat(text) : otherwise;
  const valueOf = member => typeof member === "object" && member !== null && "value" in member ? member.value : member;

  /** Whether a page's rate is the one of the job: 29.97 stands for 30000/1001. */
  const isSameRate = (own, rate) => Math.abs(own - rate) < 1e-6
    || (!Number.isInteger(own) && [2, 3, 4, 5].some(places => Number(rate.toFixed(places)) === own));

  const heliosPage = () => typeof window.helios?.seek === "function" ? window.helios : null;
  const hyperFrames = () => window.__helios_hyperframes;

  /** Videos that belong to the timeline; what a page plays by script goes by the page's clock anyway. */
  const isOnTimeline = video => video.autoplay || heliosPage() !== null || hyperFrames().isPage()
    || ["heliosOffset", "heliosSeek", "start", "mediaStart", "playbackStart"].some(name => name in video.dataset);
  /** Whether a hook takes the page to its frames. */
  const isSought = () => heliosPage() !== null || typeof window.__hf?.seek === "function" || Boolean(window.__helios_gsap_timeline__)
    || hyperFrames().isSought();

  let videos = []; // of the last look at the page
  const media = () => window.top.__helios_media;
  const timelineVideos = () => [...videos.filter(video => video.isConnected && isOnTimeline(video)), ...media().kept];

  const seekVideo = (video, seconds) => {
    if (video.error || !(video.duration > 0)) return;
    looks.set(video, MAX_LOOKS);
    if (media().kept.has(video)) { media().keep(video); return; }
    const data = video.dataset;
    const rate = media().rateOf(video);
    let time = Math.max(0, (seconds - number(data.heliosOffset, media().startOf(video))) * rate + number(data.heliosSeek, media().offsetOf(video)));
    if (video.loop) time %= video.duration;
    video.pause();
    media().seek(video, time);
  };

  const Picture = globalThis.VideoFrame; // the page may put another in its place
  const MAX_LOOKS = 30; // with the pauses between them, about half a second
  const looks = new WeakMap(); // how often a sought video may still be found with the picture of another time
  const odd = new WeakMap(); // the picture that a video was left with when it had no more looks: a gap, or what comes before its first

  /** Whether a sought video has the picture of its time. It comes by another thread, on a busy machine after "seeked". */
  const hasPicture = video => {
    let picture;
    try { picture = new Picture(video); } catch { return true; } // of another site: nobody may look at it
    const { timestamp, duration } = picture;
    picture.close();
    const time = video.currentTime * 1e6;
    const isOfTime = duration === null || (timestamp <= time && time < timestamp + duration);
    const isLast = timestamp <= time && timestamp + duration * 1.5 >= video.duration * 1e6;
    if (isOfTime || isLast || odd.get(video) === timestamp) return true;
    const left = looks.get(video) ?? 0;
    looks.set(video, left - 1);
    if (left > 0) return false;
    odd.set(video, timestamp);
    return true;
  };

  const pending = new Map(); // promises of asynchronous hooks that are not settled, and the hooks' names
  let failure = null; // { error } of one that was rejected, perhaps without a reason
  const throwFailure = () => {
    if (!failure) return;
    const { error } = failure;
    failure = null;
    throw error;
  };
  const waitFor = (name, promise) => {
    if (typeof promise?.then !== "function") return;
    pending.set(promise, name);
    promise.then(() => { pending.delete(promise); }, error => { pending.delete(promise); failure = { error }; });
  };

  // A hook waits for the page, and the page's frames and timers come after the hook: while it is awaited it gets some of its
  // own, one after the other, each when the page has come to rest, as many in every run.
  const MAX_FRAMES = 20; // at one time; a microsecond lies between two of them, and the browser's clock rounds 50
  const MAX_FIRST_FRAMES = 3; // before frame 0, where it is the whole page that waits
  const MAX_TIMERS = 100;
  let frames = 0; // that the hooks got since the last seek
  let calls = 0;
  const startServing = () => {
    frames = 0;
    calls = 0;
    state.frames.clear();
    state.timers.clear();
  };
  const nextTimer = () => {
    let next = null;
    for (const timer of state.timers) if (next === null || timer.due < next.due) next = timer;
    return next;
  };
  /** The answer of settle for a hook that is not settled though all is at rest: "+" asks for a frame, "~" says that nothing is left. */
  const serve = name => {
    const timer = calls < MAX_TIMERS ? nextTimer() : null;
    const most = state.isLoading ? MAX_FIRST_FRAMES : MAX_FRAMES;
    if (timer && (calls <= frames || state.frames.size === 0 || frames >= most)) {
      calls++;
      timer.call();
      return name;
    }
    // what waits for no callback may wait for an observer or an animation
    if (frames >= most || (frames > 0 && state.frames.size === 0)) return `~${name}`;
    frames++;
    state.round++;
    return `+${name}`;
  };

  const answers = new WeakMap(); // promises of the page's own ready hook, and whether they were kept
  let asked = null; // the promise that its function gave, until it is settled
  const isKept = (promise, onKept) => {
    if (!answers.has(promise)) {
      answers.set(promise, false);
      promise.then(value => { answers.set(promise, true); onKept?.(value); }, error => { failure = { error }; });
    }
    return answers.get(promise);
  };

  let isReady = false; // once is enough
  /** Whether the page says that it is ready; one that has no hook always is. */
  const isPageReady = () => {
    throwFailure();
    const hook = window.__HELIOS_READY__;
    if (hook === undefined) return true;
    if (typeof hook?.then === "function") return isKept(hook);
    if (typeof hook !== "function") return Boolean(hook);
    const answer = asked ?? hook.call(window);
    if (typeof answer?.then !== "function") return Boolean(answer);
    asked = answer;
    // an asynchronous function that says nothing at its end has done what it had to; one that says false is asked again
    return isKept(answer, value => { if (value !== undefined && !value) asked = null; });
  };

  const members = ["width", "height", "fps", "duration"];
  const ownMember = name => Object.hasOwn(window, name) ? window[name] : undefined; // not the element of that id
  /** A number without the noise of computing it, a text in quotes, or the kind of what is neither. */
  const write = value => typeof value === "number" ? String(Number(value.toFixed(9)))
    : typeof value === "string" ? JSON.stringify(value.slice(0, 100))
    : `(${typeof value})`;

  const touched = new WeakSet();

  // The page may put others in their places.
  const postTask = scheduler.postTask.bind(scheduler);
  const lastInLine = { priority: "background" };
  const { work, workers, state } = window.__helios_facts;
  const takeTurns = () => postTask(() => {}, lastInLine);

  /** Takes all workers to a time, one after the other, again while there are messages between them and the page. */
  const stepWorkers = async (time, frame) => {
    for (let isBusy = true; isBusy;) {
      isBusy = false;
      for (const worker of [...workers]) {
        const messages = await new Promise(resolve => { worker.step(time, frame, resolve); });
        isBusy ||= messages > 0;
      }
      await takeTurns();
      isBusy ||= workers.some(worker => worker.isAlive && worker.unread > 0);
    }
  };

  const observed = new WeakSet(); // shadow roots that came with the document's text
  let seen = 0; // changes of the page when it was looked at last
  let sought = -1; // frame that the hooks were taken to last
  let windows = []; // of the page and its frames, at the last look at the page

  /** What loads for the page and is not there yet, "!" and why it cannot be rendered, or empty. */
  const look = () => {
    const changes = state.changes;
    let reason = "";
    if (changes !== seen) {
      if (@HOSTED@) state.refusal ||= driver.refusal();
      reason = driver.ready();
      if (!reason) seen = changes;
    }
    for (const win of windows) try { win.__helios_facts.watchDecoded(); } catch { /* a window of another site */ }
    return state.refusal ? `!${state.refusal}` : reason;
  };

  /**
   * Number of a frame for a page of another rate. One that can be asked whether it is stable (the Node.js Helios') is not
   * before its frame fits the time to a hundredth, so it gets the fraction too.
   */
  const frameAt = (page, seconds, own) => {
    const exact = seconds * own;
    if (typeof page.waitUntilStable !== "function") return Math.floor(exact + 1e-6);
    return Math.abs(exact - Math.round(exact)) < 0.005 ? Math.round(exact) : exact;
  };

  /** Until when the page runs in its frames only, and they wait for nothing, ms on its clock; 0 when that is not known. */
  const quietUntil = () => {
    if (state.isLoading || state.needsDisplay || pending.size > 0 || work.size > 0 || workers.length > 0) return 0;
    if (isSought() || hyperFrames().isPage() || look() || videos.length > 0 || media().kept.size > 0) return 0;
    try {
      return Math.min(...windows.map(win => win.__helios_facts.findTimer()));
    } catch {
      return 0; // a frame of another site, or one without these scripts
    }
  };

  /** Where the clock has to stop next for a timer, 0.1 ms; empty when nowhere. Windows of another site cannot be asked. */
  const nextStop = clock => {
    const stop = Math.min(...windows.map(win => {
      try { return win.__helios_facts.findStop(clock); } catch { return Infinity; }
    }));
    state.stop = stop;
    return stop < Infinity ? stop : "";
  };

  /** Takes the page's own timelines and its videos to a frame; false where it has none. */
  const seek = (frame, seconds, rate) => {
    window.__HELIOS_VIRTUAL_TIME__ = seconds * 1000;
    let isHooked = false;
    startServing();
    state.isAwaited = true;
    const page = heliosPage();
    if (page) {
      isHooked = true;
      const own = number(valueOf(page.fps), rate);
      waitFor("helios.seek", page.seek(isSameRate(own, rate) ? frame : frameAt(page, seconds, own)));
      if (typeof page.waitUntilStable === "function") waitFor("helios.waitUntilStable", page.waitUntilStable());
    }
    const timeline = window.__helios_gsap_timeline__;
    if (timeline) { isHooked = true; timeline.pause?.(); timeline.seek(seconds); }
    if (typeof window.__hf?.seek === "function") { isHooked = true; waitFor("__hf.seek", window.__hf.seek(seconds)); }
    else if (hyperFrames().isPage()) { isHooked = true; hyperFrames().seek(seconds, promise => waitFor("hf-seek", promise)); }
    for (const video of timelineVideos()) { isHooked = true; seekVideo(video, seconds); }
    return isHooked;
  };

  /** What the last seek still waits for; empty when the frame can be shown. */
  const settled = () => {
    throwFailure();
    if (pending.size > 0) return serve(pending.values().next().value);
    state.isAwaited = false;
    const moved = timelineVideos();
    const busy = [...videos, ...moved].find(video => !video.error && video.networkState !== HTMLMediaElement.NETWORK_NO_SOURCE
      && (video.seeking || (moved.includes(video) && (video.readyState < 2 || !hasPicture(video)))));
    return busy ? `video ${busy.currentSrc}` : "";
  };

  const driver = {
    eachRoot,
    isOnTimeline,

    /** What the page plays and has played, as JSON. */
    media() {
      media().look(driver);
      return media().report();
    },

    /** What people should know of the page, a line each. */
    remarks: () => [...state.remarks].join("\n"),

    playedSince: milliseconds => media().playedSince(milliseconds / 1000),

    /** What the page still waits for; empty when it can be shown. Looks at all that loads something. */
    ready() {
      // first: what the page adds before it says that it is ready is waited for
      isReady ||= isPageReady();
      let reason = "";
      videos = [];
      windows = [];
      eachRoot(window, (root, win) => {
        if (root === win.document) windows.push(win);
        if (root.host && !observed.has(root)) { observed.add(root); win.__helios_facts?.observe(root); }
        if (root.fonts?.status === "loading") reason ||= "fonts";
        for (const image of root.querySelectorAll("img")) {
          if (image.loading === "lazy") image.loading = "eager";
          if (!image.complete) reason ||= `image ${image.currentSrc || image.src}`;
        }
        for (const video of root.querySelectorAll("video")) {
          videos.push(video);
          // a video that has its size but no picture yet stops beginFrame for ever
          if (video.preload === "none" && !isOnTimeline(video)) continue;
          if (video.preload !== "auto") video.preload = "auto";
          const hasSource = video.networkState !== HTMLMediaElement.NETWORK_EMPTY && video.networkState !== HTMLMediaElement.NETWORK_NO_SOURCE;
          if (!hasSource || video.error) continue;
          if (video.readyState >= 2 && !touched.has(video)) {
            touched.add(video);
            video.currentTime = video.currentTime || SEEK_MARGIN; // a seek makes it draw
          }
          if (video.readyState < 2 || video.seeking) reason ||= `video ${video.currentSrc}`;
        }
      }, () => windows.push(null));
      return reason || (isReady ? "" : serve("the page's __HELIOS_READY__"));
    },

    /**
     * Resolves when all tasks that wait now have had their turn, here and in workers, which are taken to the frame and its
     * time, and once the page's own hooks have been taken there; with what is still waited for, empty when nothing, with "!"
     * and why the page cannot be rendered, or with what serve says of a hook.
     * @param milliseconds time of the page, as it reads it
     * @param frame        the frame that is due
     * @param seconds      its time; null while the page is loading: nothing is sought yet
     * @param rate         frames a second
     */
    async settle(milliseconds, frame, seconds, rate) {
      await takeTurns();
      if (workers.length > 0) await stepWorkers(milliseconds, frame);
      if (work.size > 0) return work.values().next().value;
      const reason = look();
      if (reason || seconds === null) return reason;
      state.isLoading = false;
      if (sought !== frame) {
        sought = frame;
        if (seek(frame, seconds, rate)) await takeTurns();
      }
      return settled();
    },

    /**
     * Resolves when all tasks that wait now have had their turn: with "quiet" when the page needs no settling at the next frame, because
     * nothing runs in it before, with "busy" when another thread still has something to answer at this time, else with an empty text; then
     * a line break, and where the clock has to stop next for a timer, 0.1 ms; then a line break, and what horizon says if it is asked.
     * @param clock        where the clock stands, 0.1 ms
     * @param milliseconds time of the next frame, as the page reads it
     * @param seconds      the same on the timeline
     * @param asksHorizon  whether horizon is asked
     */
    async rest(clock, milliseconds, seconds, asksHorizon) {
      await takeTurns();
      const isQuiet = quietUntil() > milliseconds + 1; // a timer may be due a little before the time that was computed for it
      if (isQuiet) window.__HELIOS_VIRTUAL_TIME__ = seconds * 1000;
      return `${isQuiet ? "quiet" : work.size > 0 ? "busy" : ""}\n${nextStop(clock)}\n${asksHorizon ? driver.horizon() : ""}`;
    },

    /**
     * What the page says of its size, rate and length: lines of a name, where it is said, and the value. What is said
     * outright comes before what the length of a timeline tells.
     */
    declarations() {
      const lines = [];
      const say = (name, where, said) => {
        const value = valueOf(said);
        if (value !== undefined && value !== null && value !== "") lines.push([name, where, write(value)].join("\t"));
      };
      for (const owner of ["helios", "__hf"]) for (const name of members) say(name, `window.${owner}.${name}`, ownMember(owner)?.[name]);
      const root = document.querySelector("[data-composition-id]");
      for (const name of members) say(name, `data-${name}`, root?.dataset[name]?.trim());
      say("duration", "window.__helios_gsap_timeline__", media().durationOf(ownMember("__helios_gsap_timeline__")));
      const timelines = ownMember("__timelines") ?? {};
      const ids = Object.keys(timelines);
      const id = root?.dataset.compositionId ?? (ids.length === 1 ? ids[0] : "");
      if (Object.hasOwn(timelines, id)) say("duration", `window.__timelines[${JSON.stringify(id)}]`, media().durationOf(timelines[id]));
      return lines.join("\n");
    },

    /**
     * Until when nothing in the page can observe whether a frame is run, ms on the page's clock; Infinity: ever. "sought" for a page that
     * a hook takes to its frames, a function of time by contract. Otherwise why the next frame has to be run.
     */
    horizon() {
      if (isSought()) return "sought";
      if (state.hasRun) {
        state.hasRun = false;
        return "a callback of requestAnimationFrame"; // that ran in this frame: what it has begun comes before the next
      }
      let first = window.__helios_facts.findPending(); // first of all: in most pages it is a reason already
      if (typeof first === "string") return first;
      let reason = driver.needsDisplay();
      const all = { roots: [], texts: [], animated: [], hasFrames: false };
      eachRoot(window, (root, win) => {
        all.roots.push([root, win.__helios_facts]);
        all.hasFrames ||= win !== window;
        reason ||= win.__helios_facts ? "" : "a frame that cannot be asked";
      }, () => { reason ||= "a frame of another site"; });
      for (const facts of new Set(all.roots.map(([, owner]) => owner))) {
        if (reason) return reason;
        const pending = facts.findPending();
        if (typeof pending === "string") return pending;
        first = Math.min(first, pending);
      }
      for (const [root, facts] of all.roots) reason ||= facts.findObserver(root, all);
      all.text = all.texts.join("\n");
      for (const [root, facts] of all.roots) reason ||= facts.findHistory(root, all);
      return reason || String(first);
    },

    /** "yes" when the page or one of its workers has asked for WebGL, else empty. */
    webGl: () => state.usesWebGl ? "yes" : "",

    /** Box of the canvas in canvas mode, as ffmpeg's crop takes it; throws where it cannot be captured. */
    canvasBox(selector) {
      const canvas = document.querySelector(selector);
      if (!(canvas instanceof HTMLCanvasElement)) throw new Error(`no canvas element matches "${selector}"`);
      const { left, top, width, height } = canvas.getBoundingClientRect();
      const [x, y, w, h] = [left, top, width, height].map(Math.round);
      if (x < 0 || y < 0 || w < 1 || h < 1 || x + w > innerWidth || y + h > innerHeight)
        throw new Error(`the canvas at ${x},${y} of ${w}x${h} pixels is not wholly inside the viewport of ${innerWidth}x${innerHeight}`);
      return `${w}:${h}:${x}:${y}`;
    },

    /** Why every frame before a chunk must be displayed; empty when it need not be. */
    needsDisplay() {
      let reason = state.needsDisplay;
      eachRoot(window, (root, win) => {
        if (root === win.document && root.documentElement && win.getComputedStyle(root.documentElement).willChange !== "contents")
          reason ||= "a document that is more than one layer";
      });
      return reason;
    },
  };
  Object.defineProperty(window, "__helios_driver", { value: driver });
})();
