// stack: React: state set in animation frames, a transition, Suspense and lazy
// marker: x = 40 + 240 * t
import { lazy, Suspense, useEffect, useState, useTransition } from "react";
import { createRoot } from "react-dom/client";

const List = lazy(() => import("../list.jsx"));
function App() {
    const [x, setX] = useState(40),
        [count, setCount] = useState(1),
        [pending, begin] = useTransition();
    useEffect(() => {
        const start = performance.now();
        let id = requestAnimationFrame(function step(now) {
            setX(40 + 0.24 * Math.min(1000, now - start));
            id = requestAnimationFrame(step);
        });
        const timer = setInterval(() => begin(() => setCount(n => n + 1)), 100);
        return () => {
            cancelAnimationFrame(id);
            clearInterval(timer);
        };
    }, []);
    return (
        <>
            <b id="marker" style={{ left: x - 10 }} />
            <Suspense fallback={<p>waits</p>}>
                <List count={count} pending={pending} />
            </Suspense>
        </>
    );
}
createRoot(document.querySelector("#app")).render(<App />);
