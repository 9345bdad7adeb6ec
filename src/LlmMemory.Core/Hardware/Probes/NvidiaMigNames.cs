using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace LlmMemory.Hardware.Probes;

/// <summary>A MIG instance's identifier and profile, which nvidia-smi -L lists below its GPU.</summary>
internal sealed class NvidiaMigNames(string uuid, string profile)
{
    private static readonly TimeSpan MatchTime = TimeSpan.FromSeconds(1);

    // "GPU 0: NVIDIA A100-SXM4-80GB (UUID: GPU-9c73eb7b-...)"
    private static readonly Regex Gpu = new(@"^GPU \d+: .*\(UUID: (?<uuid>[^)]+)\)", RegexOptions.CultureInvariant, MatchTime);

    // "  MIG 1g.10gb     Device  0: (UUID: MIG-a686709d-...)"
    private static readonly Regex Instance = new(
        @"^\s+MIG (?<profile>\S+)\s+Device\s+(?<index>\d+): \(UUID: (?<uuid>[^)]+)\)", RegexOptions.CultureInvariant, MatchTime);

    public string Uuid => uuid;

    public string Profile => profile;

    /// <summary>Reads the list.</summary>
    /// <param name="printed">What the tool prints.</param>
    /// <returns>By the GPU's identifier and the instance's number: <c>GPU-.../0</c>.</returns>
    public static IReadOnlyDictionary<string, NvidiaMigNames> Parse(string printed)
    {
        var names = new Dictionary<string, NvidiaMigNames>(StringComparer.Ordinal);
        var gpu = string.Empty;
        foreach (var line in ToolOutput.ShortLines(printed))
        {
            gpu = Gpu.Match(line) is { Success: true } found ? found.Groups["uuid"].Value : gpu;
            if (Instance.Match(line) is { Success: true } instance)
            {
                names[$"{gpu}/{instance.Groups["index"].Value}"] = new(instance.Groups["uuid"].Value, instance.Groups["profile"].Value);
            }
        }

        return names;
    }
}
