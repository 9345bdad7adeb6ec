using System.Collections.Generic;
using System.Linq;
using LlmMemory.Models.Families;
using LlmMemory.Models.Towers;
using LlmMemory.Sources.Config;

namespace LlmMemory.Models.Reading;

/// <summary>
/// The parts that a configuration describes: where its language model stands, and what stands beside it. Parts that
/// nobody here knows are an error, so that no count leaves one out in silence.
/// </summary>
internal sealed class ModelParts
{
    private static readonly string[] TextFields = ["text_config", "llm_config", "language_config", "language_model_config"];

    // Fields of real configurations that stand for a part beside the language model.
    private static readonly string[] OtherFields =
    [
        "vision_config", "audio_config", "visual", "img_processor", "audio_processor", "embd_layer", "mm_vision_tower",
        "vision_encoder", "vision_encoder_config", "vision_tower_config", "vision_backbone_config", "vit_config",
        "audio_encoder_config", "speech_config", "speech_encoder", "talker_config", "token2wav_config", "vq_config", Thinker,
    ];

    // The part of an omni model that understands and writes; what speaks stands beside it.
    private const string Thinker = "thinker_config";

    private readonly ModelConfig _whole;
    private readonly TowerFamily? _towers;

    private ModelParts(ModelConfig whole, TowerFamily? towers)
    {
        _whole = whole;
        _towers = towers;
        var place = whole.Nested(Thinker) ?? whole;
        var nested = place.Nested(TextFields);
        TextModelType = FindTextModelType(place, nested, towers);
        Text = nested is null
            ? place
            : TextDefaults.Complete(nested.WithDefaults(place, "tie_word_embeddings"), TextModelType);
    }

    /// <summary>The configuration of the language model.</summary>
    public ModelConfig Text { get; }

    /// <summary>The model_type of the language model.</summary>
    public string TextModelType { get; }

    /// <summary>True where something stands beside the language model.</summary>
    public bool HasTowers => _towers is not null || FirstOtherField is not null;

    private string? FirstOtherField => OtherFields.FirstOrDefault(name => _whole.Has(name));

    /// <summary>Finds the parts.</summary>
    /// <param name="config">The whole configuration.</param>
    public static ModelParts Find(ModelConfig config)
    {
        return new ModelParts(config, TowerCatalogue.TryFind(config.ModelType, out var towers) ? towers : null);
    }

    /// <summary>The language model's sections, under the names that they have in the whole.</summary>
    /// <param name="language">The language model.</param>
    public IReadOnlyList<ModelSection> LanguageSections(LanguageModel language)
    {
        var names = _towers?.LanguageModel
            ?? (_whole.Has(Thinker) ? LanguageModelNames.Thinker : LanguageModelNames.Whole);
        return names.Apply(language.Sections);
    }

    /// <summary>The sections of what stands beside the language model.</summary>
    /// <param name="language">The language model.</param>
    /// <exception cref="Errors.LlmMemoryException">A part is not known, or not described.</exception>
    public IReadOnlyList<ModelSection> TowerSections(LanguageModel language)
    {
        if (_towers is not null)
        {
            return _towers.Build(new TowerConfig(_whole, language.HiddenSize));
        }

        return FirstOtherField is { } unknown
            ? throw TowerErrors.Unknown(_whole, unknown, _whole.Nested(unknown)?.ModelType ?? string.Empty)
            : [];
    }

    /// <summary>What the nested configuration says; where it says nothing, or there is none, what its wrapper takes it for.</summary>
    private static string FindTextModelType(ModelConfig place, ModelConfig? nested, TowerFamily? towers)
    {
        return nested is { ModelType.Length: > 0 } ? nested.ModelType : towers?.TextModelType ?? place.ModelType;
    }
}
