using System;
using System.Diagnostics;
using System.Threading;

namespace LlmMemory.Sources.Hub;

/// <summary>
/// How long one try may take: a fixed time for the answer to begin, and more for every byte that comes, so that a slow
/// line is waited for and a server that drips is not.
/// </summary>
internal sealed class HubDeadline : IDisposable
{
    // Slower than any line that models are looked up through.
    private const double SlowestBytesPerSecond = 8 << 10;

    private readonly Stopwatch _since = Stopwatch.StartNew();
    private readonly CancellationTokenSource _source;
    private readonly TimeSpan _timeout;

    /// <summary>Starts the time.</summary>
    /// <param name="timeout">The fixed part.</param>
    /// <param name="cancellation">Ends it at once.</param>
    public HubDeadline(TimeSpan timeout, CancellationToken cancellation)
    {
        _timeout = timeout;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _source.CancelAfter(timeout);
    }

    /// <summary>Cancelled when the time is over.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Allows the time that so many bytes may take.</summary>
    /// <param name="bytes">All bytes that came so far.</param>
    public void Extend(long bytes)
    {
        var left = _timeout + TimeSpan.FromSeconds(bytes / SlowestBytesPerSecond) - _since.Elapsed;
        if (left > TimeSpan.Zero)
        {
            _source.CancelAfter(left);
        }
    }

    public void Dispose()
    {
        _source.Dispose();
    }
}
