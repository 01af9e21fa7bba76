using Helios.Browser;

namespace Helios.Page;

/// <summary>
/// Counts the images, fonts and styles that a frame asks for while it is drawn, such as the background of a class that a callback has
/// set: the frame has to be drawn again with them.
/// </summary>
/// <param name="session">The page.</param>
/// <param name="driver">Its driver.</param>
/// <param name="load">Counts its requests.</param>
/// <param name="timeout">Longest time for an answer, ms.</param>
internal sealed class LateContent(DevToolsSession session, PageDriver driver, PageLoadState load, int timeout)
{
    private const int MostDrawings = 10; // of a frame whose styles ask for more each time

    private long _drawnWith; // requests for what pages show, before the frame was drawn
    private long _asked; // the same when it was drawn and nothing else had run
    private bool _isCounted = true; // whether that is known
    private int _drawings; // of the frame

    /// <summary>The page is at the time of a frame that was not drawn yet.</summary>
    internal void BeginFrame() => (_drawnWith, _drawings, _isCounted) = (load.ContentRequestCount, 1, false);

    /// <summary>What the frame asked for has arrived, and it is drawn again.</summary>
    internal void BeginDrawing() => (_drawnWith, _drawings, _isCounted) = (load.ContentRequestCount, _drawings + 1, false);

    /// <summary>
    /// Counts as soon as all messages have arrived that the page sent while it drew. Called before its tasks run: what these ask for, a
    /// captured frame would not have asked for.
    /// </summary>
    internal void StartCounting()
    {
        if (!_isCounted) driver.Listen(Count);
    }

    /// <summary>Waits until that was counted.</summary>
    internal void AwaitCount()
    {
        if (!session.Pump(() => _isCounted, timeout)) throw session.TimedOut("an answer", timeout);
    }

    /// <summary>Whether the frame, as it was drawn last, asked for anything, and may be drawn again.</summary>
    internal bool IsMissing()
    {
        if (!_isCounted)
        {
            driver.Listen();
            Count();
        }

        return (_asked != _drawnWith || driver.IsIncomplete) && _drawings <= MostDrawings;
    }

    private void Count() => (_asked, _isCounted) = (load.ContentRequestCount, true);
}
