using System.IO;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Safetensors;

/// <summary>PEFT adapters: their weights, and what they say about themselves.</summary>
public sealed class AdapterTests
{
    [Fact]
    public void An_adapter_has_its_published_weights_and_keeps_what_it_says()
    {
        // huggingface/peft, method_comparison, lora--llama-3.2-3B-rank32: 9,175,040 trainable weights in q_proj and v_proj.
        using var folder = new TemporaryFolder();
        var builder = new SafetensorsBuilder();
        for (var layer = 0; layer < 28; layer++)
        {
            AddPair(builder, layer, "q_proj", 3072);
            AddPair(builder, layer, "v_proj", 1024);
        }

        builder.Save(Path.Combine(folder.Path, "adapter_model.safetensors"));
        folder.Write("adapter_config.json", """
            {"peft_type": "LORA", "r": 32, "lora_alpha": 64, "base_model_name_or_path": "meta-llama/Llama-3.2-3B",
             "target_modules": ["q_proj", "v_proj"], "modules_to_save": null, "use_dora": false}
            """);

        var model = ModelReader.FromPath(folder.Path);

        Assert.Equal(ModelKind.Adapter, model.Kind);
        Assert.Equal(9_175_040, model.Parameters);
        Assert.Equal("LORA of rank 32 for meta-llama/Llama-3.2-3B", model.Adapter!.ToString());
        Assert.Equal(["q_proj", "v_proj"], model.Adapter.TargetModules);
        Assert.Empty(model.Adapter.ModulesToSave);
        Assert.False(model.Adapter.IsDora);
    }

    private static void AddPair(SafetensorsBuilder builder, int layer, string module, long outputs)
    {
        var name = $"base_model.model.model.layers.{layer}.self_attn.{module}.";
        builder.Add(name + "lora_A.weight", "F32", 32, 3072).Add(name + "lora_B.weight", "F32", outputs, 32);
    }
}
