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

    private ModelParts(ModelConfig config, TowerFamily? towers)
    {
        _whole = config;
        _towers = towers;
        var whole = config.Nested(Thinker) ?? config;
        var nested = whole.Nested(TextFields);
        var said = nested is null ? towers?.TextModelType ?? whole.ModelType : nested.ModelType;
        TextModelType = said.Length > 0 ? said : towers?.TextModelType ?? whole.ModelType;
        Text = nested is null
            ? whole
            : TextDefaults.Complete(nested.WithDefaults(whole, "tie_word_embeddings"), TextModelType);
    }

    /// <summary>The configuration of the language model.</summary>
    public ModelConfig Text { get; }

    /// <summary>The model_type of the language model.</summary>
    public string TextModelType { get; }

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

        var unknown = OtherFields.FirstOrDefault(field => _whole.Has(field));
        return unknown is null
            ? []
            : throw TowerErrors.Unknown(_whole, unknown, _whole.Nested(unknown)?.ModelType ?? string.Empty);
    }
}
