using System.Collections.Frozen;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using LlmMemory.Errors;
using LlmMemory.Estimation.Training.Configuration;
using LlmMemory.Sources.Yaml;

namespace LlmMemory.Fuzz.Checks;

/// <summary>The bytes are a configuration of a training: as YAML alone, and as a file of a framework.</summary>
internal static class TrainingConfigCheck
{
    private const long MaxBytes = 16L << 20;

    private static readonly IReadOnlySet<string> Errors = FrozenSet.ToFrozenSet(
    [
        ErrorIds.TrainingConfigInvalid, ErrorIds.TrainingConfigUnknown, ErrorIds.TrainingConfigSettingInvalid, ErrorIds.TrainingConfigContradictory,
    ]);

    public static void Run(byte[] bytes)
    {
        ReadingCheck.Run(() => YamlDocument.ToJson(bytes), CheckJson, bytes.Length, bytes.Length, MaxBytes, Errors);
        ReadingCheck.Run(() => TrainingConfiguration.FromBytes("sample", bytes), CheckRun, bytes.Length, bytes.Length, MaxBytes, Errors);
    }

    // What was read is JSON, and JSON is YAML: read again, it says the same.
    private static void CheckJson(string json)
    {
        var plain = json.Replace("-Infinity", "0", System.StringComparison.Ordinal).Replace("Infinity", "0", System.StringComparison.Ordinal).Replace("NaN", "0", System.StringComparison.Ordinal);
        JsonDocument.Parse(plain).Dispose();
        var again = json.Contains("Infinity", System.StringComparison.Ordinal) || json.Contains("NaN", System.StringComparison.Ordinal)
            ? json
            : YamlDocument.ToJson(Encoding.UTF8.GetBytes(json));
        FuzzFailureException.Unless(again == json, "What was read is not read again as it was.");
    }

    private static void CheckRun(TrainingConfiguration configuration)
    {
        var run = configuration.Run;
        int?[] counts = [run.MicroBatchSize, run.GradientAccumulation, run.GlobalBatchSize, run.DataParallel, configuration.Adapter.Rank];
        FuzzFailureException.Unless(counts.All(count => count is null or >= 1), "A count is below one.");
        FuzzFailureException.Unless(run.SequenceLength is null or >= 1, "A sample has no tokens.");
    }
}
