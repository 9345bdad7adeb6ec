using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace LlmMemory.Sources.Hub;

/// <summary>
/// Tries again what failed in passing: later each time, not at the same moment as everybody else, and not for ever.
/// </summary>
internal sealed class HubRetry(HubOptions options)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(8);

    /// <summary>Runs an attempt until it succeeds, fails for good, or has had its tries or its time.</summary>
    /// <typeparam name="T">What the attempt yields.</typeparam>
    /// <param name="attempt">The attempt, which throws <see cref="HubFailure"/>.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task<T> Run<T>(Func<Task<T>> attempt, CancellationToken cancellation)
    {
        var since = Stopwatch.StartNew();
        for (var retries = 0; ; retries++)
        {
            TimeSpan delay;
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (HubFailure failure)
            {
                delay = failure.RetryAfter ?? Backoff(retries);
                if (!failure.IsPassing || retries >= options.MaxRetries || since.Elapsed + delay > options.RetryTime)
                {
                    throw failure.Error;
                }
            }

            await options.Wait(delay, cancellation).ConfigureAwait(false);
        }
    }

    // Doubles each time; of that, a random part between a half and all.
    private static TimeSpan Backoff(int retries)
    {
        var full = Math.Min(LongestDelay.TotalSeconds, FirstDelay.TotalSeconds * Math.Pow(2, retries));
        var part = new Random(Guid.NewGuid().GetHashCode()).NextDouble();
        return TimeSpan.FromSeconds(full * (1 + part) / 2);
    }
}
