// Follows declarations.js in its function, and ends it: one object that helios calls between frames. Everything here answers at once; what
// takes time is asked for again.
  // The page may put others in their places.
  const postTask = scheduler.postTask.bind(scheduler);
  const lastInLine = { priority: "background" };
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
  let known = 0; // changes of the page when it was looked at last
  let sought = -1; // frame that the hooks were taken to last
  let windows = []; // of the page and its frames, at the last look at the page

  /** What loads for the page and is not there yet, "!" and why it cannot be rendered, or empty. */
  const look = () => {
    const changes = state.changes;
    let reason = "";
    if (changes !== known) {
      if (@HOSTED@) state.refusal ||= driver.refusal();
      reason = driver.ready();
      if (!reason) known = changes;
    }
    for (const win of windows) try { win.__helios_facts.watchDecoded(); } catch { /* a window of another site */ }
    return state.refusal ? `!${state.refusal}` : reason;
  };

  /** Until when the page runs in its frames only, and they wait for nothing, ms on its clock; 0 when that is not known. */
  const quietUntil = () => {
    if (state.isLoading || state.needsDisplay || pending.size > 0 || work.size > 0 || workers.length > 0) return 0;
    if (isSought() || hyperFrames().isPage() || look() || videos.length > 0 || media().kept.size > 0 || timelineSounds().length > 0)
      return 0;
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
    state.isLoading = false;
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
    for (const medium of [...timelineVideos(), ...timelineSounds()]) { isHooked = true; seekVideo(medium, seconds); }
    return isHooked;
  };

  /** What the last seek still waits for; empty when the frame can be shown. */
  const settled = () => {
    throwFailure();
    if (pending.size > 0) return serve(pending.values().next().value);
    state.isAwaited = false;
    if (work.size > 0) return work.values().next().value; // of the media that were sought: what follows comes by events
    const moved = timelineVideos();
    const busy = [...videos, ...moved].find(video => !video.error && hasSource(video)
      && (video.seeking || (moved.includes(video) && (video.readyState < 2 || !hasPicture(video)))) && !isStarved(video));
    return busy ? `video ${busy.currentSrc}` : "";
  };

  const driver = {
    eachRoot,
    parentOf,
    isOnTimeline,
    lookAtVideos,

    /** What the page plays and has played, as JSON. */
    media() {
      media().look(driver);
      return media().report();
    },

    /** What people should know of the page, a line each; or why it cannot be rendered, which no event tells. */
    remarks() {
      let isByChance = false;
      eachRoot(window, (root, win) => { isByChance ||= win.__helios_facts?.usesChance(root); });
      return isByChance ? "!the page's styles use random(), which gives other numbers in every chunk" : [...state.remarks].join("\n");
    },

    playedSince: milliseconds => media().playedSince(milliseconds / 1000),

    /** What the page still waits for; empty when it can be shown. Looks at all that loads something. */
    ready() {
      // first: what the page adds before it says that it is ready is waited for
      isReady ||= isPageReady();
      let reason = "";
      videos = [];
      sounds = [];
      windows = [];
      eachRoot(window, (root, win) => {
        if (root === win.document) windows.push(win);
        if (root.host && !observed.has(root)) { observed.add(root); win.__helios_facts?.observe(root); }
        if (root.fonts?.status === "loading") reason ||= "fonts";
        for (const image of root.querySelectorAll("img")) {
          if (image.loading === "lazy") image.loading = "eager";
          if (!image.complete) reason ||= `image ${image.currentSrc || image.src}`;
        }
        sounds.push(...root.querySelectorAll("audio"));
        for (const video of root.querySelectorAll("video")) {
          videos.push(video);
          // a video that has its size but no picture yet stops beginFrame for ever
          if (video.preload === "none" && !isOnTimeline(video)) continue;
          if (video.preload !== "auto") video.preload = "auto";
          if (!hasSource(video) || video.error) continue;
          if (video.readyState >= 2 && !touched.has(video)) {
            touched.add(video);
            video.currentTime = video.currentTime || SEEK_MARGIN; // a seek makes it draw
          }
          if ((video.readyState < 2 || video.seeking) && !isStarved(video)) {
            if (!reason && state.isLoading && isHungry(video)) feed();
            reason ||= `video ${video.currentSrc}`;
          }
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
      const isBefore = state.isLoading && seconds === null; // no animation frame comes before frame 0
      if (workers.length > 0) await stepWorkers(milliseconds, isBefore ? -1 : frame);
      window.__helios_facts.giveUpLoads();
      if (work.size > 0) return work.values().next().value;
      const reason = look();
      if (reason || seconds === null) return reason;
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

    declarations: findDeclarations,

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

    /** Notes from now on whether callbacks of frames run, and whether anything asks for the time; "yes" when a callback waits. */
    watchFrames() {
      [state.hasRun, state.asksTime] = [false, false];
      return windows.some(win => win?.__helios_facts?.awaitsFrame()) ? "yes" : "";
    },

    /** What was noted: "timed" or "untimed", or empty when no callback has run. */
    framesSeen: () => state.hasRun ? (state.asksTime ? "timed" : "untimed") : "",

    /** "yes" when the page or one of its workers has asked for WebGL, else empty. */
    webGl: () => state.usesWebGl ? "yes" : "",

    /** Box of the canvas in canvas mode, as ffmpeg's crop takes it; throws where it cannot be captured. */
    canvasBox(selector) {
      const canvas = document.querySelector(selector);
      if (!(canvas instanceof HTMLCanvasElement)) throw new Error(`no canvas element matches "${selector}"`);
      const { left, top, width, height } = canvas.getBoundingClientRect();
      const scale = @SCALE@;
      const [x, y, w, h, innerW, innerH] = [left, top, width, height, innerWidth, innerHeight].map(side => Math.round(side * scale));
      if (x < 0 || y < 0 || w < 1 || h < 1 || x + w > innerW || y + h > innerH)
        throw new Error(`the canvas at ${x},${y} of ${w}x${h} pixels is not wholly inside the viewport of ${innerW}x${innerH}`);
      return `${w}:${h}:${x}:${y}`;
    },

    /** Has the frame's animations show the time of the frame, to points of the grid; "late" if it has to be drawn again for that. */
    putForward(points) {
      let isLate = false;
      eachRoot(window, (root, win) => { if (win.__helios_facts?.putForward(root, points)) isLate = true; });
      return isLate ? "late" : "";
    },

    /** Once it was. */
    putBack() {
      eachRoot(window, (root, win) => { win.__helios_facts?.putBack(); });
      return "";
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
