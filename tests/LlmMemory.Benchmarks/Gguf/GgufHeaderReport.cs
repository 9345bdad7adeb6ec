using System;
using System.Diagnostics;
using System.IO;
using LlmMemory.Models.Reading;

namespace LlmMemory.Benchmarks.Gguf;

/// <summary>How long the header of a GGUF file takes, against reading its bytes and doing nothing with them.</summary>
internal static class GgufHeaderReport
{
    // The runtime compiles a hot loop several times in the background before it has its last form.
    private const int WarmUps = 3000;

    private const int Pairs = 200;

    private const double GoalRatio = 4;

    public static void Run()
    {
        using var file = new GgufHeaderFile();
        var buffer = new byte[1 << 20];
        var runs = PairedRuns.Take(
            WarmUps, Pairs, () => Time(() => ModelReader.FromGguf(file.Path)), () => Time(() => ReadPlainly(file, buffer)));
        Console.WriteLine($"{"header",-12}{file.HeaderBytes,12:N0} bytes");
        Console.WriteLine($"{"parsed in",-12}{runs.MedianSubject * 1000,12:F3} ms");
        Console.WriteLine($"{"read in",-12}{runs.MedianBaseline * 1000,12:F3} ms");
        Goal.Report($"parsing in less than {GoalRatio:F0} times reading ({runs.MedianRatio:F2})", runs.MedianRatio < GoalRatio);
    }

    private static void ReadPlainly(GgufHeaderFile file, byte[] buffer)
    {
        using var stream = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        var left = file.HeaderBytes;
        while (left > 0 && stream.Read(buffer, 0, (int)Math.Min(buffer.Length, left)) is var read and > 0)
        {
            left -= read;
        }
    }

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
