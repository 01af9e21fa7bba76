using System.Collections.Generic;
using Helios.Errors;

namespace Helios.Page.Requests;

/// <summary>
/// The page's requests that have not ended, by their number in the Network domain, and which of them the page is waited for.
/// </summary>
internal sealed class OpenRequests
{
    private readonly Dictionary<string, string> _urls = [];
    private readonly HashSet<string> _endless = []; // may stay open for ever: not awaited
    private readonly HashSet<string> _givenUp = []; // those of them that were awaited and then given up
    private readonly HashSet<string> _workerScripts = []; // those of them that load the script of a worker
    private readonly Dictionary<string, string> _workers = []; // sessions of the workers that sent them

    /// <summary>Requests so far, to notice new ones.</summary>
    internal long Count { get; private set; }

    /// <summary>Whether none is awaited.</summary>
    internal bool IsIdle => _urls.Count == _endless.Count;

    /// <summary>A request has begun.</summary>
    internal void Add(string id, string url)
    {
        _urls[id] = url;
        Count++;
    }

    /// <summary>A request comes from a worker, and ends with it.</summary>
    /// <param name="id">The request.</param>
    /// <param name="worker">Session of the worker.</param>
    internal void SetWorker(string id, string worker) => _workers[id] = worker;

    /// <summary>A request may stay open for ever.</summary>
    internal void SetEndless(string id) => _ = _endless.Add(id);

    /// <summary>A request loads the script of a worker, and its end may never be reported.</summary>
    internal void SetWorkerScript(string id)
    {
        _ = _endless.Add(id);
        _ = _workerScripts.Add(id);
    }

    /// <summary>A request has ended.</summary>
    /// <returns>Its URL; null when it is unknown.</returns>
    internal string? Remove(string id)
    {
        _ = _endless.Remove(id);
        _ = _givenUp.Remove(id);
        _ = _workerScripts.Remove(id);
        _ = _workers.Remove(id);
        _ = _urls.Remove(id, out string? url);
        return url;
    }

    /// <summary>Stops waiting for those that have not ended.</summary>
    /// <returns>URLs of the requests that were awaited.</returns>
    internal IReadOnlyList<string> GiveUp()
    {
        List<string> urls = [];
        foreach (var (id, url) in _urls)
            if (_endless.Add(id) && _givenUp.Add(id)) urls.Add(url);
        return urls;
    }

    /// <summary>Requests that a worker has sent.</summary>
    internal IReadOnlyList<string> FindOfWorker(string? worker)
    {
        List<string> ids = [];
        foreach (var (id, sender) in _workers)
            if (sender == worker) ids.Add(id);
        return ids;
    }

    /// <summary>Requests for the scripts of workers.</summary>
    internal IReadOnlyList<string> FindWorkerScripts() => [.. _workerScripts];

    /// <summary>
    /// URL of an unanswered request, including one that is no longer awaited: it still blocks the clock. Null when there is none.
    /// </summary>
    internal string? FindSuspect()
    {
        foreach (var (id, url) in _urls)
            if (!_endless.Contains(id) || _givenUp.Contains(id)) return ErrorText.Shorten(url);
        foreach (string id in _workerScripts)
            if (_urls.TryGetValue(id, out string? url)) return ErrorText.Shorten(url);
        return null;
    }
}
