using System.Collections.Generic;
using System.Linq;
using LlmMemory.Adapters;

namespace LlmMemory.Estimation.Training.Configuration.Kinds;

/// <summary>
/// PEFT's adapter_config.json, which adds an adapter to the files of a run. Sources: huggingface/peft src/peft/config.py
/// and src/peft/tuners/lora/config.py.
/// </summary>
internal static class PeftConfiguration
{
    /// <summary>The kind.</summary>
    public static ConfigurationKind Kind { get; } = new("PEFT adapter_config.json", section => section.Has("peft_type"), Read);

    private static void Read(ConfigurationSection section, ConfigurationDraft draft)
    {
        var type = section.Get("peft_type");
        draft.TrainsAdapter.Say(type, _ => true);
        draft.Model.Say(section.Get("base_model_name_or_path"), value => value.Name());
        AdapterKeys.SayVariant(section, draft, null, ("use_dora", AdapterMethod.Dora), ("use_rslora", AdapterMethod.RsLora));
        if (!draft.AdapterMethod.IsSaid)
        {
            draft.AdapterMethod.Say(type, value => value.Named(AdapterMethod.All));
        }

        draft.Rank.Say(section.Get("r"), value => value.Count());
        draft.TargetModules.Say(section.Get("target_modules"), AdapterKeys.Targets);
        draft.ExcludeModules.Say(section.Get("exclude_modules"), AdapterKeys.Targets);
        draft.TargetParameters.Say(section.Get("target_parameters"), value => value.Names());
        draft.ModulesToSave.Say(section.Get("modules_to_save"), value => value.Names());
        draft.LayersToTransform.Say(section.Get("layers_to_transform"), value => value.Numbers());
        draft.LayersPattern.Say(section.Get("layers_pattern"), value => value.Names());
        draft.AdapterDropout.Say(section.Get("lora_dropout"), value => value.IsAboveZero());
        ReadRanks(section, draft);
        draft.LeaveOut(section, ("layer_replication", "layers that are there twice"), ("trainable_token_indices", "rows of the embedding that are trained"));
    }

    private static void ReadRanks(ConfigurationSection section, ConfigurationDraft draft)
    {
        if (section.Section("rank_pattern") is { } ranks && ranks.Keys.Any())
        {
            draft.RankPattern.Say(section.Get("rank_pattern"), _ => [.. ranks.Keys.Select(key => new KeyValuePair<string, int>(key, ranks.Get(key)!.Count()))]);
        }
    }
}
