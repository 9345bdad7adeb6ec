namespace LlmMemory.Estimation.Architecture;

/// <summary>What an estimate of a known model says about itself.</summary>
internal static class KnownModelAssumptions
{
    public const string MtpCounted =
        "Multi-token prediction counted; engines load it for speculative decoding only.";

    public const string TrainingByRule =
        "Weights exact; the rest by the rule of thumb: one device, whatever the batch.";

    public const string AdapterByRule =
        "Base weights exact; the adapter by the rule of thumb. Activations not counted.";
}
