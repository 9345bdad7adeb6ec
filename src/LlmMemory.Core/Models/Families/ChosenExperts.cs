using System.Linq;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families;

/// <summary>How many experts a router chooses for a token: no more than there are.</summary>
internal static class ChosenExperts
{
    /// <summary>Reads the number.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="experts">How many experts a layer has.</param>
    /// <param name="names">What the field is called, first match wins.</param>
    /// <exception cref="Errors.LlmMemoryException">It is missing, or there are not so many experts.</exception>
    public static int Read(ModelConfig config, int experts, params string[] names)
    {
        return Checked(config, names.FirstOrDefault(config.Says) ?? names[0], config.Int(names), experts);
    }

    /// <summary>The same number, where there are so many experts.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="name">The field that says so.</param>
    /// <param name="chosen">How many are chosen.</param>
    /// <param name="experts">How many there are.</param>
    public static int Checked(ModelConfig config, string name, int chosen, int experts)
    {
        return chosen <= experts
            ? chosen
            : throw config.Invalid(name, $"chooses {chosen} of {experts} experts");
    }
}
