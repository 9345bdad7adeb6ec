namespace LlmMemory.Accuracy.Peers;

/// <summary>
/// The last column of LLaMA-Factory's hardware table, GB for x billion weights: hiyouga/LLaMA-Factory README.md @00409ff,
/// "Hardware Requirement", marked as estimated there. It knows neither samples nor ranks.
/// </summary>
internal static class LlamaFactoryTable
{
    private const double GB = 1e9;

    public static double Full(PeerShape shape, bool isPure)
    {
        return (isPure ? 8 : 18) * shape.Billions * GB;
    }

    public static double Adapter(PeerShape shape, bool isFourBit)
    {
        return (isFourBit ? 0.5 : 2) * shape.Billions * GB;
    }
}
