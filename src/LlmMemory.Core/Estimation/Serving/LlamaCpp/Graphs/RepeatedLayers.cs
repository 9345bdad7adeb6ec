using System.Collections.Generic;
using LlmMemory.Estimation.Serving.LlamaCpp.Compute;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>
/// Layers that follow each other in the same pattern: most of a model. A few rounds of the pattern are planned. Where
/// the last of them leaves the buffers exactly as the one before it did, any number of further rounds would, too, and
/// needs no planning; otherwise every layer is planned.
/// </summary>
internal sealed class RepeatedLayers
{
    private const int LongestPattern = 8;

    private const int PlannedRounds = 4;

    private RepeatedLayers(int first, int pattern, int rounds)
    {
        Pattern = pattern;
        FirstLeftOut = first + (PlannedRounds * pattern);
        LeftOut = (rounds - PlannedRounds) * pattern;
    }

    /// <summary>The layers of a round.</summary>
    public int Pattern { get; }

    /// <summary>The first layer that is left out.</summary>
    public int FirstLeftOut { get; }

    /// <summary>The layers that are left out.</summary>
    public int LeftOut { get; }

    /// <summary>The longest repetition; null where none is long enough.</summary>
    /// <param name="request">The model, laid out.</param>
    /// <param name="step">After how many layers their numbers begin to matter anew.</param>
    public static RepeatedLayers? Find(ComputeRequest request, int step)
    {
        if (request.Settings.TensorOverrides.Count > 0)
        {
            return null;
        }

        var kinds = KindsOf(request, step);
        RepeatedLayers? longest = null;
        for (var pattern = 1; pattern <= LongestPattern; pattern++)
        {
            foreach (var found in Repetitions(kinds, pattern))
            {
                longest = longest is null || found.LeftOut > longest.LeftOut ? found : longest;
            }
        }

        return longest;
    }

    /// <summary>True where a layer is planned.</summary>
    /// <param name="layer">Its place among the layers.</param>
    public bool Keeps(int layer)
    {
        return layer < FirstLeftOut || layer >= FirstLeftOut + LeftOut;
    }

    /// <summary>True after the last two rounds that are planned.</summary>
    /// <param name="layer">The layer's place among the layers.</param>
    public bool EndsRound(int layer)
    {
        return layer == FirstLeftOut - 1 || layer == FirstLeftOut - 1 - Pattern;
    }

    private static IEnumerable<RepeatedLayers> Repetitions(int[] kinds, int pattern)
    {
        var first = 0;
        for (var i = pattern; i <= kinds.Length; i++)
        {
            if (i < kinds.Length && kinds[i] == kinds[i - pattern])
            {
                continue;
            }

            var rounds = (i - first) / pattern;
            if (rounds > PlannedRounds)
            {
                yield return new RepeatedLayers(first, pattern, rounds);
            }

            first = i - pattern + 1;
        }
    }

    // The last layer picks out rows, and is unlike any other. What weights take counts where they are copied.
    private static int[] KindsOf(ComputeRequest request, int step)
    {
        var (model, settings, placement) = (request.Model, request.Settings, request.Placement);
        var kinds = new int[System.Math.Max(0, model.Layers.Count - 1)];
        for (var i = 0; i < kinds.Length; i++)
        {
            var layer = model.Layers[i].Index;
            var keepsExperts = settings.CpuMoe || layer < settings.CpuMoeLayers;
            var isCopied = placement.GpuCount > 0 && (keepsExperts || placement[layer] == LlamaCppPlacement.Host);
            var kind = isCopied ? model.KindsByWeights[i] : model.KindsByShape[i];
            var place = placement[layer] + 1 + (keepsExperts ? settings.DeviceCount + 1 : 0);
            kinds[i] = (((kind * 2 * (settings.DeviceCount + 1)) + place) * step) + (layer % step);
        }

        return kinds;
    }
}
