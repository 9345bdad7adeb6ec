using System.Collections.Frozen;
using System.Collections.Generic;
using LlmMemory.Errors;
using LlmMemory.Models.Reading;

namespace LlmMemory.Fuzz.Checks;

/// <summary>The bytes are a GGUF file: once as they are, once as the header of a file that has room for all weights.</summary>
internal static class GgufCheck
{
    private const long Room = 1L << 50;

    // What the limits of the reader promise.
    private const long MaxBytes = 64L << 20;

    private static readonly IReadOnlySet<string> Errors = FrozenSet.ToFrozenSet(
    [
        ErrorIds.GgufInvalid, ErrorIds.GgufUnsupported, ErrorIds.GgufIncomplete, ErrorIds.GgufMetadataInvalid, ErrorIds.ModelTooLarge,
    ]);

    public static void Run(byte[] bytes)
    {
        Run(bytes, bytes.Length);
        Run(bytes, bytes.Length + Room);
    }

    private static void Run(byte[] bytes, long fileLength)
    {
        using var file = new HeaderStream(bytes, fileLength);
        var model = ReadingCheck.Run(() => ModelReader.FromGguf(file, "sample"), bytes.Length, fileLength, MaxBytes, Errors);
        FuzzFailureException.Unless(
            model is null || model.WeightBytes <= fileLength, $"{model?.WeightBytes} bytes of weights lie in a file of {fileLength}.");
    }
}
