using System;
using System.Diagnostics;

namespace LlmMemory.Benchmarks;

/// <summary>How long an action takes here and now.</summary>
internal static class Timed
{
    public static double Milliseconds(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
