using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Models.Reading;

namespace LlmMemory.Fuzz.Checks;

/// <summary>The bytes are a config.json: JSON, the fields of a model, its quantisation.</summary>
internal static class ConfigCheck
{
    // A thousand layers of the widest mixture of experts, with eight tensors for each weight, are 186,000 tensors.
    private const long MaxBytes = 192L << 20;

    private static readonly IReadOnlySet<string> Errors = FrozenSet.ToFrozenSet(
    [
        ErrorIds.ConfigInvalid, ErrorIds.ConfigFieldMissing, ErrorIds.ConfigFieldInvalid, ErrorIds.ArchitectureUnknown,
        ErrorIds.ModelPartUnknown, ErrorIds.ModelTooLarge, ErrorIds.QuantizationUnknown, ErrorIds.QuantizationImpossible,
    ]);

    public static void Run(byte[] bytes)
    {
        var model = ReadingCheck.Run(() => Read(bytes), bytes.Length, bytes.Length, MaxBytes, Errors);
        FuzzFailureException.Unless(model is null || IsJson(bytes), "What another parser takes for no JSON was read.");
    }

    // A text cannot hold what is no UTF-8, and a file can.
    private static LlmModel Read(byte[] bytes)
    {
        return Utf8.IsValid(bytes)
            ? ModelReader.FromConfig(Encoding.UTF8.GetString(bytes))
            : ModelReader.FromFiles(new MemoryFile("config.json", bytes));
    }

    // Python writes three numbers that JSON does not have, and they are read.
    private static bool IsJson(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes).Replace("Infinity", "0", StringComparison.Ordinal).Replace("NaN", "0", StringComparison.Ordinal);
        try
        {
            JsonDocument.Parse(text).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
