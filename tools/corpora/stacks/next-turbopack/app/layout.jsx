import "./globals.css";

export const metadata = { title: "Next: a static export with the app router" };
export default function Layout({ children }) {
    return (
        <html lang="en">
            <body>{children}</body>
        </html>
    );
}
