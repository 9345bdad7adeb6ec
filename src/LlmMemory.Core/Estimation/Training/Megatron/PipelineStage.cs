using System.Collections.Generic;
using System.Linq;

namespace LlmMemory.Estimation.Training.Megatron;

/// <summary>A stage of the pipeline: which layers its ranks have, and in which pieces they work on them.</summary>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Count">How many stages there are.</param>
/// <param name="Chunks">The numbers of the layers of each piece.</param>
/// <param name="MtpLayers">Layers of multi-token prediction, after the last piece.</param>
internal sealed record PipelineStage(int Index, int Count, IReadOnlyList<IReadOnlyList<int>> Chunks, int MtpLayers)
{
    /// <summary>True for the stage with the embedding.</summary>
    public bool IsFirst => Index == 0;

    /// <summary>True for the stage with head and loss.</summary>
    public bool IsLast => Index == Count - 1;

    /// <summary>All its layers.</summary>
    public IEnumerable<int> Layers => Chunks.SelectMany(chunk => chunk);

    /// <summary>In a word: first, middle, last.</summary>
    public string Class => Count == 1 ? "only" : IsFirst ? "first" : IsLast ? "last" : "middle";
}
