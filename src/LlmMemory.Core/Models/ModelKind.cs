namespace LlmMemory.Models;

/// <summary>The values of <see cref="LlmModel.Kind"/>.</summary>
public static class ModelKind
{
    /// <summary>A whole model.</summary>
    public const string Model = nameof(Model);

    /// <summary>A LoRA adapter or a relative of it, without its base model.</summary>
    public const string Adapter = nameof(Adapter);

    /// <summary>A vision or audio tower on its own, as an mmproj file holds it.</summary>
    public const string Projector = nameof(Projector);
}
