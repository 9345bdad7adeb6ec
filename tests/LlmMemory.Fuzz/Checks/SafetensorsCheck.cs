using System.Collections.Frozen;
using System.Collections.Generic;
using LlmMemory.Errors;
using LlmMemory.Models.Reading;

namespace LlmMemory.Fuzz.Checks;

/// <summary>
/// The bytes are a safetensors file: once as they are, and once with those numbers put right that no change to a header
/// leaves right - its length, the places of the data and the file's length - so that names and shapes are looked at.
/// </summary>
internal static class SafetensorsCheck
{
    private const long MaxBytes = 64L << 20;

    private static readonly IReadOnlySet<string> Errors = FrozenSet.ToFrozenSet(
    [
        ErrorIds.SafetensorsInvalid, ErrorIds.PackedWeightsUnknown, ErrorIds.ModelTooLarge,
    ]);

    public static void Run(byte[] bytes)
    {
        Run(bytes, bytes.Length);
        if (SafetensorsRepair.Run(bytes) is { } repaired)
        {
            Run(repaired.Header, repaired.FileLength);
        }
    }

    private static void Run(byte[] bytes, long fileLength)
    {
        using var file = new HeaderStream(bytes, fileLength);
        var model = ReadingCheck.Run(() => ModelReader.FromSafetensors(file, "sample"), bytes.Length, fileLength, MaxBytes, Errors);
        FuzzFailureException.Unless(
            model is null || model.WeightBytes <= fileLength, $"{model?.WeightBytes} bytes of weights lie in a file of {fileLength}.");
    }
}
