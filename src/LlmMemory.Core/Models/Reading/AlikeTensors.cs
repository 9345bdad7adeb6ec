using LlmMemory.Sources.Safetensors;

namespace LlmMemory.Models.Reading;

/// <summary>Tensors of a checkpoint that differ in nothing but the number of their expert, and how many there are.</summary>
/// <param name="name">Their name.</param>
/// <param name="first">The first of them.</param>
/// <param name="kind">What they are.</param>
internal sealed class AlikeTensors(SafetensorsTensorName name, SafetensorsTensor first, TensorKind kind)
{
    /// <summary>Their name.</summary>
    public SafetensorsTensorName Name { get; } = name;

    /// <summary>The first of them.</summary>
    public SafetensorsTensor First { get; } = first;

    /// <summary>What they are.</summary>
    public TensorKind Kind { get; } = kind;

    /// <summary>How many there are.</summary>
    public int Count { get; set; } = 1;

    /// <summary>True where each is stored for itself, under the number of its expert.</summary>
    public bool IsNumbered => First.Name != Name.Pattern;
}
