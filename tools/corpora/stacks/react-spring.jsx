// stack: React Spring: a linear spring of given duration, a trail with physics
// marker: x = 40 + 240 * t
import { animated, useSpring, useTrail } from "@react-spring/web";
import { createRoot } from "react-dom/client";

function App() {
    const { x } = useSpring({ from: { x: 30 }, to: { x: 270 }, config: { duration: 1000, easing: t => t } });
    const trail = useTrail(3, { from: { opacity: 0, y: 20 }, to: { opacity: 1, y: 0 }, config: { tension: 200, friction: 12 } });
    return (
        <>
            <animated.b id="marker" style={{ x }} />
            {trail.map((style, i) => (
                <animated.p key={i} style={style}>
                    word {i}
                </animated.p>
            ))}
        </>
    );
}
createRoot(document.querySelector("#app")).render(<App />);
