using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Models;
using LlmMemory.Models.Blocks;
using LlmMemory.Models.Reading;

namespace LlmMemory.Core.Tests.Training;

/// <summary>
/// The model of a row: as the configuration of the family of transformers that is nearest to Megatron's GPT or BERT.
/// No family has LayerNorm beside experts of two matrices, or beside SwiGLU or grouped queries with learned positions; those are put
/// together from blocks. Megatron without biases is read as GPT-2, which has them: 0.03 % of a row's peak.
/// </summary>
internal static class MegatronModelRow
{
    public static LlmModel Read(MegatronRunRow row)
    {
        var isPlain = row.Number("experts") == 0 && row.Number("gated") == 0 && row.Number("kv") == row.Number("heads");
        return row.Family == "bert" ? ModelReader.FromConfig(Bert(row))
            : !isPlain ? ModelReader.FromArchitecture(FromBlocks(row), row.Name, DataTypeCatalogue.All.Find(row.Cells["type"]))
            : ModelReader.FromConfig(row.Number("rope") == 1 ? NeoX(row) : Gpt2(row));
    }

    private static string Gpt2(MegatronRunRow row)
    {
        return Config(row, $"""
            "model_type": "gpt2", "n_embd": {row.Cells["hidden"]}, "n_layer": {row.Cells["layers"]}, "n_head": {row.Cells["heads"]},
            "n_inner": {row.Cells["ffn"]}, "n_positions": {row.Cells["positions"]}
            """);
    }

    private static string NeoX(MegatronRunRow row)
    {
        return Config(row, $"""
            "model_type": "gpt_neox", "max_position_embeddings": {row.Cells["positions"]}, {Dimensions(row)}
            """);
    }

    private static string Bert(MegatronRunRow row)
    {
        return Config(row, $"""
            "model_type": "bert", "architectures": ["BertForPreTraining"], "max_position_embeddings": {row.Cells["positions"]},
            "type_vocab_size": 2, {Dimensions(row)}
            """);
    }

    private static string Dimensions(MegatronRunRow row)
    {
        return $"""
            "hidden_size": {row.Cells["hidden"]}, "num_hidden_layers": {row.Cells["layers"]}, "num_attention_heads": {row.Cells["heads"]},
            "intermediate_size": {row.Cells["ffn"]}
            """;
    }

    private static string Config(MegatronRunRow row, string fields)
    {
        var type = row.Cells["type"] switch { "F16" => "float16", "F32" => "float32", _ => "bfloat16" };
        var tied = row.Number("tied") == 1 ? "true" : "false";
        return $$"""{ {{fields}}, "vocab_size": {{row.Cells["vocab"]}}, "tie_word_embeddings": {{tied}}, "torch_dtype": "{{type}}" }""";
    }

    private static ModelArchitecture FromBlocks(MegatronRunRow row)
    {
        var (hidden, vocabulary) = (row.Number("hidden"), (long)row.Number("vocab"));
        Block embedding = new Weight(TensorRole.Embedding, "word_embeddings.weight", vocabulary, hidden);
        Block positions = new Weight(TensorRole.PositionEmbedding, "position_embeddings.weight", row.Number("positions"), hidden);
        Block last = new Norm("final_layernorm", hidden, NormKind.LayerNorm);
        return new ModelArchitecture
        {
            ModelType = "megatron-gpt",
            HiddenSize = hidden,
            VocabularySize = vocabulary,
            TiesEmbeddings = row.Number("tied") == 1,
            Sections =
            [
                new ModelSection
                {
                    Part = ModelPart.Text,
                    Blocks = row.Number("rope") == 1 ? [embedding, last] : [embedding, positions, last],
                    Layers = [.. Enumerable.Range(0, row.Number("layers")).Select(index => Layer(index, row))],
                    OuterBlocks = row.Number("tied") == 1 ? [] : [new Linear(TensorRole.Head, "output_layer", hidden, vocabulary)],
                },
            ],
        };
    }

    private static ModelLayer Layer(int index, MegatronRunRow row)
    {
        var (hidden, bias) = (row.Number("hidden"), row.Number("bias") == 1);
        var attention = new GroupedQueryAttention
        {
            HiddenSize = hidden,
            Heads = row.Number("heads"),
            KeyValueHeads = row.Number("kv"),
            HeadSize = row.Number("head"),
            QkvBias = bias,
            OutputBias = bias,
        };
        return new ModelLayer(
            index, new Norm("input_layernorm", hidden, NormKind.LayerNorm), attention, new Norm("pre_mlp_layernorm", hidden, NormKind.LayerNorm), Network(row, hidden, bias));
    }

    private static FeedForward Network(MegatronRunRow row, int hidden, bool bias)
    {
        return row.Number("experts") == 0
            ? new DenseMlp { HiddenSize = hidden, IntermediateSize = row.Number("ffn"), IsGated = row.Number("gated") == 1, Bias = bias }
            : new MixtureOfExperts
            {
                HiddenSize = hidden,
                Experts = row.Number("experts"),
                ExpertsPerToken = row.Number("per_token"),
                ExpertIntermediateSize = row.Number("expert_ffn"),
                SharedIntermediateSize = row.Number("shared_ffn"),
                IsGated = row.Number("gated") == 1,
                ExpertBias = bias,
            };
    }
}
