namespace LlmMemory.Estimation.Training.Losses;

/// <summary>Something that is there while the loss is computed.</summary>
/// <param name="Name">What it is: <c>logits in 32 bits</c>.</param>
/// <param name="Bytes">What it takes.</param>
/// <param name="Formula">How that comes about, in numbers.</param>
/// <param name="Source">Where it is seen.</param>
internal sealed record LossCopy(string Name, long Bytes, string Formula, string Source);
