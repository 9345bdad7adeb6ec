using System.Collections.Generic;

namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>Which layers of a model are built alike: each layer has the number of its kind.</summary>
internal static class LayerKinds
{
    /// <summary>The kinds by what a graph does in a layer: its dimensions, and which tensors it has.</summary>
    /// <param name="layers">The layers.</param>
    public static int[] ByShape(IReadOnlyList<LlamaCppLayer> layers)
    {
        return Number(layers, (left, right) => left.IsBuiltAs(right));
    }

    /// <summary>The kinds by that, and by the bytes of each tensor.</summary>
    /// <param name="layers">The layers.</param>
    public static int[] ByWeights(IReadOnlyList<LlamaCppLayer> layers)
    {
        return Number(layers, (left, right) => left.IsBuiltAs(right) && left.WeighsAs(right));
    }

    private static int[] Number(IReadOnlyList<LlamaCppLayer> layers, System.Func<LlamaCppLayer, LlamaCppLayer, bool> areAlike)
    {
        var kinds = new int[layers.Count];
        var samples = new List<LlamaCppLayer>();
        for (var i = 0; i < kinds.Length; i++)
        {
            kinds[i] = samples.FindIndex(sample => areAlike(sample, layers[i]));
            if (kinds[i] < 0)
            {
                kinds[i] = samples.Count;
                samples.Add(layers[i]);
            }
        }

        return kinds;
    }
}
