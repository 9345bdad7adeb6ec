using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Families;

/// <summary>How many layers a stack has, where a model has more than one stack or calls them by another name.</summary>
internal static class LayerCount
{
    /// <summary>Reads the number of layers.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="names">What the field is called, first match wins.</param>
    /// <exception cref="Errors.LlmMemoryException">It is missing, or larger than any model's.</exception>
    public static int Read(ModelConfig config, params string[] names)
    {
        return Checked(config, names[0], config.Int(names));
    }

    /// <summary>The same number, where it is not larger than any model's.</summary>
    public static int Checked(ModelConfig config, string name, int layers)
    {
        return layers <= DecoderDimensions.MaxLayers
            ? layers
            : throw config.Invalid(name, $"asks for {layers} layers; no model has more than {DecoderDimensions.MaxLayers}");
    }
}
