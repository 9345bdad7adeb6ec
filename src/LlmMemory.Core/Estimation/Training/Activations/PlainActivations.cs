using LlmMemory.Models.Blocks;

namespace LlmMemory.Estimation.Training.Activations;

/// <summary>What linear layers keep that stand in a layer by themselves: gates, joints, small projections.</summary>
internal static class PlainActivations
{
    private const string Source = "docs/training.md#activations";

    /// <summary>Notes input and output of each.</summary>
    public static void Keep(ActivationTape tape, Block block, string prefix)
    {
        foreach (var linear in LinearModule.Of(block, prefix))
        {
            tape.KeepInputs(new KeptInput($"input of {linear.ShortName}", isKept: false), linear.Inputs, [linear]);
            tape.Keep($"output of {linear.ShortName}", tape.Switches.ElementBytes * linear.Outputs, Source);
        }
    }
}
