using System;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Models.Reading;
using LlmMemory.Sources.Files;

namespace LlmMemory.Benchmarks.Safetensors;

/// <summary>How long the index and the headers of a large checkpoint take.</summary>
internal static class CheckpointReport
{
    // After some thirty calls the runtime compiles what is called once more.
    private const int IndexWarmUps = 40;

    private const int ModelWarmUps = 10;

    private const int Samples = 25;

    private const int DelayMilliseconds = 100;

    private const int DistantSamples = 3;

    private const double GoalMilliseconds = 100;

    // Eight at once, and as much again for the work itself.
    private const double GoalShare = 0.25;

    public static void Run()
    {
        using var checkpoint = new ShardedCheckpoint();
        Console.WriteLine(
            $"{checkpoint.Tensors:N0} tensors, {checkpoint.IndexBytes:N0} bytes of index, {checkpoint.HeaderBytes:N0} bytes of {ShardedCheckpoint.Files} headers");
        var index = Measure("index", IndexWarmUps, Samples, () => ReadIndex(checkpoint));
        Measure("index, headers, model", ModelWarmUps, Samples, () => ModelReader.FromPath(checkpoint.Folder));

        var distant = new DistantFiles(new LocalModelFiles(checkpoint.Folder), TimeSpan.FromMilliseconds(DelayMilliseconds));
        var parallel = Measure($"the same, {DelayMilliseconds} ms away", 0, DistantSamples, () => ModelReader.FromFiles(distant));
        var share = parallel / (DelayMilliseconds * ShardedCheckpoint.Files);
        Goal.Report($"an index of 8 MB in under {GoalMilliseconds} ms ({index:F0})", index < GoalMilliseconds);
        Goal.Report($"headers of distant files in a quarter of their delays added up ({share:P0})", share < GoalShare);
    }

    /// <summary>Reads an index up to the first file that it names, which is not there.</summary>
    private static void ReadIndex(ShardedCheckpoint checkpoint)
    {
        try
        {
            ModelReader.FromPath(checkpoint.LoneIndexPath);
        }
        catch (LlmMemoryException error) when (error.ErrorId == ErrorIds.SafetensorsIncomplete)
        {
            return;
        }

        throw new InvalidOperationException("The index was expected to lack its files.");
    }

    private static double Measure(string what, int warmUps, int samples, Action action)
    {
        var first = Timed.Milliseconds(action);
        for (var i = 0; i < warmUps; i++)
        {
            action();
        }

        var times = Enumerable.Range(0, samples).Select(_ => Timed.Milliseconds(action)).Order().ToArray();
        Console.WriteLine($"{what,-26}{times[samples / 2],8:F0} ms (fastest {times[0]:F0}, first {first:F0})");
        return times[samples / 2];
    }
}
