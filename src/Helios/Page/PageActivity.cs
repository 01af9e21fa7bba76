using System;
using System.Globalization;
using Helios.Browser;
using Helios.Page.Requests;

namespace Helios.Page;

/// <summary>The current activity of a page, for error messages. Only <see cref="CompositionPage"/> changes it.</summary>
/// <param name="url">Of the page.</param>
internal sealed class PageActivity(string url) : ICallContext
{
    private Func<bool> _asksGraphics = static () => false;
    private PageWorkers? _workers;

    public string Where { get; private set; } = $"loading {url}";

    public TimeLimit Limit { get; private set; } = TimeLimit.OfCall;

    /// <summary>The page's requests; the page may be waiting for one of them.</summary>
    internal OpenRequests Requests { get; } = new();

    public string? FindSuspect() => Requests.FindSuspect();

    public bool IsDrawing() => _asksGraphics();

    public string? FindStuckWorker() => _workers?.FindStuck();

    /// <summary>The browser's graphics process and the page's workers can be asked from now on.</summary>
    internal void Watch(DevToolsSession browser, PageWorkers workers)
    {
        _asksGraphics = () =>
        {
            _asksGraphics = static () => false; // asking may time out itself
            return GraphicsProcess.IsBusy(browser);
        };
        _workers = workers;
    }

    /// <summary>The page is advanced to a frame.</summary>
    internal void BeginFrame(long frame) => Where = string.Create(CultureInfo.InvariantCulture, $"frame {frame} of {url}");

    /// <summary>A time limit of the user applies from now on.</summary>
    internal void LimitTo(TimeLimit limit) => Limit = limit;
}
