// Follows roots.js in its function: the page's own hooks, by which it is taken to a frame or says that it is ready.
  /** Whether a page's rate is the one of the job: 29.97 stands for 30000/1001. */
  const isSameRate = (own, rate) => Math.abs(own - rate) < 1e-6
    || (!Number.isInteger(own) && [2, 3, 4, 5].some(places => Number(rate.toFixed(places)) === own));

  const heliosPage = () => typeof window.helios?.seek === "function" ? window.helios : null;
  const hyperFrames = () => window.__helios_hyperframes;

  /** Whether a hook takes the page to its frames. */
  const isSought = () => heliosPage() !== null || typeof window.__hf?.seek === "function" || Boolean(window.__helios_gsap_timeline__)
    || hyperFrames().isSought();

  /**
   * Number of a frame for a page of another rate. One that can be asked whether it is stable (the Node.js Helios') is not
   * before its frame fits the time to a hundredth, so it gets the fraction too.
   */
  const frameAt = (page, seconds, own) => {
    const exact = seconds * own;
    if (typeof page.waitUntilStable !== "function") return Math.floor(exact + 1e-6);
    return Math.abs(exact - Math.round(exact)) < 0.005 ? Math.round(exact) : exact;
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
  // An answer that nothing here knows of may be on its way, and the page's callbacks would count a frame by chance.
  const MOST_LOOKS = 10; // before each of the first frames: 45 ms in all (PageSettler)
  let quiet = 0; // looks since the last frame
  let frames = 0; // that the hooks got since the last seek
  let calls = 0;
  /** Animations begin with frame 0, not with the first frame of a hook: as if there had been none. */
  const startAnimations = () => {
    eachRoot(window, (root, win) => win.__helios_facts?.beginWithFrame(root));
  };
  const startServing = () => {
    if (state.isLoading && frames > 0) startAnimations();
    frames = 0;
    calls = 0;
    state.frames.clear();
    state.timers.clear();
  };
  /** The next timer with a delay below a limit, ms. */
  const nextTimer = limit => {
    let next = null;
    for (const timer of state.timers) if (timer.length < limit && (next === null || timer.due < next.due)) next = timer;
    return next;
  };
  /** The answer of settle for a hook that is not settled though all is at rest: "+" asks for a frame, "~" says that nothing is left. */
  const serve = name => {
    const timer = calls < MAX_TIMERS ? nextTimer(state.isLoading ? 1 : Infinity) : null;
    const most = state.isLoading ? MAX_FIRST_FRAMES : MAX_FRAMES;
    if (timer && (calls <= frames || state.frames.size === 0 || frames >= most)) {
      calls++;
      timer.call();
      return name;
    }
    // what waits for no callback may wait for an observer or an animation
    if (frames >= most || (frames > 0 && state.frames.size === 0)) return `~${name}`;
    if (state.isLoading && quiet++ < MOST_LOOKS) return name;
    quiet = 0;
    frames++;
    state.round++;
    return `+${name}`;
  };

  // Players of streams append by timers (hls.js looks ten times a second), and before frame 0 no time passes. Called only where data are
  // missing, which does not depend on the machine: as often in every run.
  const LOADER_LIMIT = 251; // ms; timers that wait as long are no loader's
  let fed = 0;
  const feed = () => {
    const timer = fed < MAX_TIMERS ? nextTimer(LOADER_LIMIT) : null;
    if (!timer) return;
    fed++;
    timer.call();
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
