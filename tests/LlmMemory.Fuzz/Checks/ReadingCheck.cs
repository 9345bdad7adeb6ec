using System;
using System.Collections.Generic;
using System.Diagnostics;
using LlmMemory.Errors;
using LlmMemory.Models;

namespace LlmMemory.Fuzz.Checks;

/// <summary>Reads once: to a model that adds up or to an error that is documented, in bounded time and memory.</summary>
internal static class ReadingCheck
{
    // Lists grow by copying themselves, and a tensor of a header costs more than its line.
    private const long BytesPerByte = 1L << 10;

    // Long enough for a machine that does much else, and short of what a user takes for a hang.
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(10);

    /// <summary>Reads and checks.</summary>
    /// <param name="read">Reads the input.</param>
    /// <param name="inputLength">The bytes that are really there.</param>
    /// <param name="fileLength">The bytes that the file says it has.</param>
    /// <param name="fixedBytes">The bytes of objects that may be made, beside those for each byte of the input.</param>
    /// <param name="errorIds">The errors that the reader documents.</param>
    /// <returns>The model, null where the input was refused.</returns>
    public static LlmModel? Run(
        Func<LlmModel> read, long inputLength, long fileLength, long fixedBytes, IReadOnlySet<string> errorIds)
    {
        return Run(read, ModelCheck.Run, inputLength, fileLength, fixedBytes, errorIds);
    }

    /// <summary>Reads and checks anything.</summary>
    /// <param name="read">Reads the input.</param>
    /// <param name="check">Checks what was read.</param>
    /// <param name="inputLength">The bytes that are really there.</param>
    /// <param name="fileLength">The bytes that the file says it has.</param>
    /// <param name="fixedBytes">The bytes of objects that may be made, beside those for each byte of the input.</param>
    /// <param name="errorIds">The errors that the reader documents.</param>
    /// <returns>What was read, null where the input was refused.</returns>
    public static T? Run<T>(
        Func<T> read, Action<T> check, long inputLength, long fileLength, long fixedBytes, IReadOnlySet<string> errorIds)
        where T : class
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        var model = ReadOrRefuse(read, check, fileLength, errorIds);
        var elapsed = clock.Elapsed;
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        FuzzFailureException.Unless(elapsed < MaxTime, $"{inputLength} bytes took {elapsed}.");
        FuzzFailureException.Unless(
            allocated < fixedBytes + (BytesPerByte * inputLength), $"{inputLength} bytes made {allocated} bytes of objects.");
        return model;
    }

    private static T? ReadOrRefuse<T>(Func<T> read, Action<T> check, long fileLength, IReadOnlySet<string> errorIds)
        where T : class
    {
        try
        {
            var result = read();
            check(result);
            return result;
        }
        catch (LlmMemoryException error)
        {
            ErrorCheck.Run(error, fileLength, errorIds);
            return null;
        }
    }
}
