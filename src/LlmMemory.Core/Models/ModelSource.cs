namespace LlmMemory.Models;

/// <summary>The values of <see cref="LlmModel.Source"/>.</summary>
public static class ModelSource
{
    /// <summary>Derived from the fields of a configuration.</summary>
    public const string Config = nameof(Config);

    /// <summary>Read from the headers of safetensors files.</summary>
    public const string Safetensors = nameof(Safetensors);

    /// <summary>Read from the header of a GGUF file.</summary>
    public const string Gguf = nameof(Gguf);

    /// <summary>Put together from blocks by a caller of the engine.</summary>
    public const string Blocks = nameof(Blocks);

    /// <summary>Derived from an entry of the built-in catalogue.</summary>
    public const string Catalogue = nameof(Catalogue);
}
